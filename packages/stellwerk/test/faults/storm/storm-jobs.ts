import { z } from 'zod'
import { defineJob } from '../../../src/client/define-job.ts'
import type { AnyJobDefinition } from '../../../src/client/job-definition.ts'
import { sleep } from '../../../src/std/sleep.ts'

const payload = z.object({ key: z.string(), ms: z.number(), failures: z.number(), poison: z.boolean() })

/** One line of a handler: what happened to which claim. */
export type SinkWrite = (line: { id: number; claimSeq: number; phase: 'start' | 'end' | 'throw' }) => void

/** Job type of a storm: each run writes its start and its end to the sink. `onAborted` is told when a run's signal fires. */
export function stormJob(write: SinkWrite, onAborted: (id: number, claimSeq: number) => void): AnyJobDefinition {
  return defineJob({
    name: 'storm',
    payload,
    tries: 3,
    backoff: '100ms',
    handle: async ({ ms, failures, poison }, { job, fence, attempt, signal }) => {
      const run = { id: job.id, claimSeq: fence }
      signal.addEventListener('abort', () => onAborted(job.id, fence))
      write({ ...run, phase: 'start' })
      if (ms > 0) await sleep(ms)
      if (poison) process.kill(process.pid, 'SIGKILL')
      if (attempt <= failures) {
        write({ ...run, phase: 'throw' })
        throw new Error('this run was told to fail')
      }
      write({ ...run, phase: 'end' })
    },
  })
}
