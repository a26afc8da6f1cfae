// One station of a storm: works until it is killed, or until its standard input ends.
import { openSync, writeSync } from 'node:fs'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import type { ProcessSetup } from '../checker/history-event.ts'
import { tell } from './report-line.ts'
import { stormJob } from './storm-jobs.ts'
import { tellEvent, tellIdentity } from './tell-station.ts'

const setup = JSON.parse(process.argv[2] ?? '') as ProcessSetup
const sink = openSync(setup.sinkPath, 'a')
const job = stormJob(
  ({ id, claimSeq, phase }) => writeSync(sink, `${id} ${claimSeq} ${phase}\n`),
  (id, claimSeq) => tell({ e: 'aborted', id, claimSeq }),
)
const stellwerk = await openStellwerk({ ...setup.address, jobs: [job] })
const station = await stellwerk.work({
  concurrency: setup.concurrency,
  lease: setup.leaseMs,
  stateDir: setup.stateDir,
  grace: '5s',
  onEvent: tellEvent,
})
const endTelling = tellIdentity(station)
process.stdin.resume().once('end', async () => {
  endTelling()
  await stellwerk.close()
})
