import { defineJob } from '../../../src/client/define-job.ts'
import { anyPayload } from '../../processes/any-payload.ts'
import { holdings } from './holdings.ts'

/** Works, logs, and fails as often as it is told. */
export const soak = defineJob({
  name: 'soak',
  payload: anyPayload<{ readonly failures: number }>(),
  tries: 3,
  backoff: '50ms',
  timeout: '10s',
  handle: ({ failures }, { attempt, log }) => {
    log.info('at work')
    if (attempt <= failures) throw new Error('this run was told to fail')
  },
})

/** Tells what the process of the handlers holds. */
export const hold = defineJob({ name: 'hold', handle: () => holdings() })
