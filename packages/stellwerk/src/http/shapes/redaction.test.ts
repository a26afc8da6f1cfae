import { expect, test } from 'vitest'
import { JobRegistry } from '../../client/job-registry.ts'
import { trustedActor } from '../../domain/actor.ts'
import type { VisibleJob } from '../../operations/find-job.ts'
import { toJobDetail } from './to-job-detail.ts'
import { toLogLine } from './to-log-line.ts'

const times = { createdAt: 0, runAt: 0, claimedAt: null, startedAt: null, finishedAt: null, archivedAt: null }
const canary = 'c4n4ry-b1rd'

test('what a job page shows of payload and result holds no secret, also for an admin', () => {
  const stored = JSON.stringify({ to: 'ada', apiKey: canary, url: `https://u:${canary}@example.org` })
  const job = { id: 1, state: 'completed', payload: stored, result: stored, options: null, ...times }
  const detail = toJobDetail({
    job: job as unknown as VisibleJob,
    attempts: [],
    actor: trustedActor('application', 'shop'),
    registry: new JobRegistry(),
    installationId: '0'.repeat(32),
  })
  expect(detail.payload).toEqual({ to: 'ada', apiKey: '[redacted]', url: 'https://u:***@example.org' })
  expect(JSON.stringify(detail)).not.toContain(canary)
})

test('what a line shows of its fields and its text holds no secret', () => {
  const at = 0
  const lines = [
    toLogLine({ kind: 'log', at, attempt: 1, level: 'info', message: `password=${canary}`, fields: { token: canary } }),
    toLogLine({ kind: 'trace', at, attempt: 1, event: 'call', data: { cookie: canary } } as never),
  ]
  expect(JSON.stringify(lines)).not.toContain(canary)
  expect(lines[0]?.fields).toEqual({ token: '[redacted]' })
})
