// For stations and commands beside the running demo: npx stellwerk work --config demo/stellwerk.config.ts
import { defineConfig } from 'stellwerk'

export default defineConfig({
  store: 'sqlite:../.stellwerk-demo/demo.db',
  jobs: './jobs.ts',
  stateDir: '../.stellwerk-demo/state',
  concurrency: 8,
})
