import { describe, expect, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { CliProject } from '../cli/cli-project.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'

const begins = [2 ** 31 - 1, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER - 3] as const

describe.each(storeKinds)('%s', (kind) => {
  test.each(begins)('X25: jobs from id %i on are dispatched, run, retried and shown', async (begin) => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    await database.startIdsAt(begin)
    const seen: number[] = []
    const child = defineJob({ name: 'child', handle: () => 'done' })
    const parent = defineJob({
      name: 'parent',
      tries: 1,
      handle: async (_payload, { job, attempt, log, progress, dispatch }) => {
        seen.push(job.id)
        log.info('running', { attempt })
        progress(50)
        if (attempt === 1) throw new Error('the first attempt fails')
        await dispatch(child, undefined)
      },
    })
    const stellwerk = await openStellwerk({ ...database.address, jobs: [parent, child] })
    onTestFinished(() => stellwerk.close())
    const { id, uuid } = await stellwerk.dispatch(parent, undefined)
    expect(id).toBe(begin)
    const station = await stellwerk.work({ stateDir: database.folder })
    await station.untilIdle()
    expect(await stellwerk.job(id)).toMatchObject({ id, state: 'failed', failures: 1 })
    expect(await stellwerk.jobDetails(uuid)).toMatchObject({ job: { id }, attempts: [{ jobId: id, kind: 'error' }] })
    await stellwerk.retry(uuid)
    await station.untilIdle()
    expect(seen).toEqual([id, id])
    const { jobs } = await stellwerk.jobs()
    expect(jobs.map((job) => [job.id, job.state, job.parentId])).toEqual([
      [id + 1, 'completed', id],
      [id, 'completed', null],
    ])
    await station.stop()
    const project = new CliProject()
    onTestFinished(() => project.remove())
    const { store, schema = 'stellwerk' } = database.address
    project.write('stellwerk.config.mts', `export default ${JSON.stringify({ store, schema, jobs: './jobs.mts' })}`)
    expect(await project.json('job', String(id))).toMatchObject({ id: String(id), state: 'completed' })
    expect(await project.json('jobs')).toMatchObject({ jobs: [{ id: String(id + 1) }, { id: String(id) }] })
  })
})
