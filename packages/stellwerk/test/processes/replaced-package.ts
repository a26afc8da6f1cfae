// Loaded by a worker as one more module of jobs: where the test says so, it greets the station as another version of the program would.
import { writeSync } from 'node:fs'
import { defineJob } from '../../src/client/define-job.ts'
import { frameOf } from '../../src/workers/frame.ts'

/** Set while workers are to be of another version. */
export const replacedFlag = 'STELLWERK_TEST_REPLACED'

if (process.env[replacedFlag] === 'yes')
  writeSync(3, frameOf([JSON.stringify({ k: 'hello', version: '999.0.0', types: [] })]))

export const unused = defineJob({ name: 'unused', handle: () => {} })
