// For stations and commands beside the running demo: npx stellwerk work --config demo/stellwerk.config.ts
import { defineConfig } from 'stellwerk'

export default defineConfig({
  store: process.env['DATABASE_URL'] ?? 'sqlite:../.stellwerk-demo/demo.db',
  schema: 'stellwerk_demo',
  jobs: './jobs.ts',
  stateDir: '../.stellwerk-demo/state',
  concurrency: 8,
})
