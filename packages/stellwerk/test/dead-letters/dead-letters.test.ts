import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import type { WorkOptions } from '../../src/client/work-options.ts'
import type { JobRecord } from '../../src/domain/job/job-record.ts'
import { RunningFile } from '../../src/engine/running-file.ts'
import { silentLog } from '../../src/std/log.ts'
import { newStation } from '../../src/storage/conformance/sample-records.ts'
import { claimJob } from '../../src/storage/conformance/store-steps.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from '../faults/live-database.ts'

const told: string[] = []
let isWell = false

const invoice = defineJob({
  name: 'invoice',
  queue: 'bills',
  deadLetter: 'bills-dead',
  tries: 1,
  failed: (_payload, { job }) => void told.push(job.queue),
  handle: () => {
    if (!isWell) throw new Error('no such customer')
  },
})
const plain = defineJob({
  name: 'plain',
  tries: 1,
  handle: () => {
    throw new Error('no luck')
  },
})

async function open(kind: (typeof storeKinds)[number]): Promise<{ stellwerk: Stellwerk; database: LiveDatabase }> {
  told.length = 0
  isWell = false
  const database = await openLiveDatabase(kind)
  const stellwerk = await openStellwerk({ ...database.address, log: silentLog, jobs: [invoice, plain] })
  onTestFinished(async () => {
    await stellwerk.close()
    await database.close()
  })
  return { stellwerk, database }
}

const ended = (stellwerk: Stellwerk, id: number): Promise<JobRecord> =>
  expect
    .poll(async () => (await stellwerk.jobDetails(id)).job.state, { timeout: 20_000 })
    .toMatch(/failed|completed/)
    .then(async () => (await stellwerk.jobDetails(id)).job)

describe.each(storeKinds)('on %s', (kind) => {
  const optionsOf = ({ folder }: LiveDatabase): WorkOptions => ({ stateDir: join(folder, 'state'), lease: 1_000 })

  test('what fails for good is kept under the dead-letter queue of its type, else of its queue, and a retry returns it', async () => {
    const { stellwerk, database } = await open(kind)
    const station = await stellwerk.work({
      ...optionsOf(database),
      deadLetters: { bills: 'never', emails: 'emails-dead' },
    })
    const [bill, mail, other] = [
      await stellwerk.dispatch(invoice, undefined),
      await stellwerk.dispatch(plain, undefined, { queue: 'emails' }),
      await stellwerk.dispatch(plain, undefined),
    ]
    expect(await ended(stellwerk, bill.id)).toMatchObject({ queue: 'bills-dead', originQueue: 'bills' })
    expect(await ended(stellwerk, mail.id)).toMatchObject({ queue: 'emails-dead', originQueue: 'emails' })
    expect(await ended(stellwerk, other.id)).toMatchObject({ queue: 'default', originQueue: null })
    await expect.poll(() => told, { timeout: 20_000 }).toEqual(['bills'])
    // Failed jobs are never claimed, be there a station that serves the queue or not.
    await station.untilIdle()
    const queues = await stellwerk.queues()
    expect(queues.find(({ queue }) => queue === 'bills-dead')?.counts).toMatchObject({ failed: 1, pending: 0 })
    const rows = await stellwerk.metrics({ queue: 'bills' })
    expect(rows.map(({ outcome, count }) => [outcome, count])).toEqual([['failed', 1]])
    isWell = true
    await stellwerk.retry(bill.id)
    expect(await ended(stellwerk, bill.id)).toMatchObject({ state: 'completed', queue: 'bills', originQueue: null })
    const counted = (await database.store.metrics.tallies()).filter(({ count }) => count !== 0)
    expect(counted).toEqual(await database.store.metrics.recount())
  })

  test('a rescuer puts a job whose crash was its last where its own types and options say', async () => {
    const { stellwerk, database } = await open(kind)
    const { store } = database
    const { id } = await stellwerk.dispatch(invoice, undefined, { maxCrashes: 1 })
    await store.stations.register(newStation({ id: 'dying', leaseMs: 1_000, types: ['invoice'] }))
    const claimed = await claimJob(store, 'dying')
    const options = optionsOf(database)
    const left = new RunningFile(options.stateDir ?? '', 'dying', 1)
    left.mark(0, id, claimed.claimSeq)
    left.flush()
    await stellwerk.work({ ...options, deadLetters: { '*': 'dead' } })
    expect(await ended(stellwerk, id)).toMatchObject({
      failureKind: 'crash',
      queue: 'bills-dead',
      originQueue: 'bills',
    })
    left.close()
  })

  test('a dead-letter queue that names itself, or a name that is none, is refused at the start', async () => {
    const { stellwerk } = await open(kind)
    await expect(stellwerk.work({ deadLetters: { emails: 'emails' } })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(
        "queue 'emails' names itself as its dead-letter queue; name another, such as 'emails-dead'",
      ),
    })
    await expect(stellwerk.work({ deadLetters: { emails: ' dead' } })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('leave out white space at its ends'),
    })
    await expect(stellwerk.work({ deadLetters: { '*': '*' } })).rejects.toThrow('* stands for all of them')
  })
})

test('a definition that names its own queue, or no name, is refused where it is made', () => {
  expect(() => defineJob({ name: 'a', queue: 'mail', deadLetter: 'mail' })).toThrow(
    "job type 'a': queue 'mail' names itself as its dead-letter queue",
  )
  expect(() => defineJob({ name: 'a', deadLetter: '' })).toThrow('job type \'a\': the queue name "" is not accepted')
})
