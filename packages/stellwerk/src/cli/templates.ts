/** The configuration that `init` writes. */
export function configurationTemplate(jobsPath: string): string {
  return `import { defineConfig } from 'stellwerk'

// 'npx stellwerk config' shows every key. Each can be set by a variable, too: STELLWERK_CONCURRENCY=20.
export default defineConfig({
  // One file, nothing to install. For several machines: 'postgres://user@host/database'.
  store: process.env.DATABASE_URL ?? 'sqlite:stellwerk.db',
  jobs: '${jobsPath}',
  concurrency: 10,
})
`
}

/** The first job that `init` writes. */
export const jobsTemplate = `import { defineJob } from 'stellwerk'
import { z } from 'zod'

export const greet = defineJob({
  name: 'greet',
  payload: z.object({ name: z.string().min(1) }),
  tries: 3,
  timeout: '30s',
  async handle({ name }, ctx) {
    ctx.log.info('greeting', { name, attempt: ctx.attempt })
    return { greeting: \`Hello, \${name}!\` }
  },
})
`
