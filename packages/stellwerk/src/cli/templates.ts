/** The configuration that `init` writes. */
export function configurationTemplate(jobsPath: string, withProfiles = false): string {
  return `import { defineConfig } from 'stellwerk'

// 'npx stellwerk config' shows every key. Each can be set by a variable, too: STELLWERK_CONCURRENCY=20.
export default defineConfig({
  // One file, nothing to install. For several machines: 'postgres://user@host/database'.
  store: process.env.DATABASE_URL ?? 'sqlite:stellwerk.db',
  jobs: '${jobsPath}',
  concurrency: 10,
${withProfiles ? poolProfiles : commented(poolProfiles)}})
`
}

/** Pools for usual work, with the figures that have proven themselves; `docs/operate/workers.md` says more. */
export const poolProfiles = `  pools: {
    // 2, 4 and 1 processes for what is urgent, usual and can wait.
    high: { queues: ['high'], processes: 2, timeout: '30s', memory: 256, sleep: '1s' },
    normal: { queues: ['default'], processes: 4, timeout: '60s', memory: 512, sleep: '3s' },
    low: { queues: ['low'], processes: 1, timeout: '300s', memory: 1024, sleep: '10s' },
    emails: {
      queues: ['emails'],
      timeout: '30s',
      memory: 256,
      sleep: '1s',
      tries: 5,
      backoff: ['1s', '5s', '10s'],
      maxExceptions: 3,
    },
    reports: { queues: ['reports'], timeout: '300s', memory: 1024, sleep: '5s', tries: 1, force: true },
    // All other queues.
    default: {
      queues: ['*'],
      timeout: '60s',
      memory: 512,
      sleep: '3s',
      tries: 3,
      maxJobs: 1000,
      maxTime: '3600s',
    },
  },
`

function commented(lines: string): string {
  const rows = lines
    .trimEnd()
    .split('\n')
    .map((line) => `  // ${line.slice(2)}`)
  return `  // Pools of worker processes for usual work; take what fits, or run 'stellwerk init --profiles'.\n${rows.join('\n')}\n`
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
