import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { CliProject, type Started } from './cli-project.ts'
import { dropSchema, newSchemaName } from './postgres-schema.ts'

const address = inject('postgresUrl')
let project: CliProject
let schema: string
let stations: Started[]

interface Worker {
  readonly id: string
  readonly status: string
  readonly kind: string
  readonly healthy: boolean
  readonly running: readonly { readonly id: string }[]
}

async function workers(): Promise<readonly Worker[]> {
  return ((await project.json('workers')) as { readonly workers: readonly Worker[] }).workers
}

/** A station in this project's store, with its worker once that has reported. */
async function startWork(...flags: readonly string[]): Promise<{ readonly station: Started; readonly worker: Worker }> {
  const station = project.start(['work', ...flags])
  stations.push(station)
  const worker = await vi.waitFor(async () => {
    const [first] = await workers()
    expect(first, station.stderr()).toBeDefined()
    return first as Worker
  }, waiting)
  return { station, worker }
}

const waiting = { timeout: 30_000, interval: 200 }

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  beforeEach(() => {
    schema = newSchemaName()
    stations = []
    project = kind === 'sqlite' ? new CliProject() : new CliProject({ store: address, schema })
  })

  afterEach(async () => {
    for (const { child } of stations) child.kill('SIGTERM')
    await Promise.all(stations.map(({ answer }) => answer))
    project.remove()
    if (kind === 'postgres') await dropSchema(address, schema)
  })

  test('queues are paused with who, why and until when, and resumed; maintenance goes on and off', async () => {
    await project.run(['dispatch', 'greet'])
    const paused = await project.run(['pause', 'default', '--reason', 'look \u001b[31mhere', '--for', '1h'])
    expect(paused).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^paused queue default until 2\d{3}-/) })
    const shown = await project.run(['queues'])
    expect(shown.stdout).toContain('paused')
    expect(shown.stderr).toMatch(/queue 'default' is paused since .* by .*, until .*: look/)
    expect(shown.stderr).not.toContain('\u001b')
    expect(await project.json('queues')).toMatchObject({ queues: [{ paused: { until: expect.any(String) } }] })
    expect((await project.run(['resume', 'default'])).stdout).toBe('resumed queue default\n')
    expect(await project.json('resume', 'default')).toEqual({ resumed: 0, queues: [] })
    expect((await project.run(['maintenance', 'on', '--reason', 'disks'])).stdout).toMatch(/on since .*: disks\n$/)
    expect(await project.json('maintenance')).toMatchObject({ maintenance: { reason: 'disks' } })
    expect((await project.run(['maintenance', 'off'])).stdout).toBe('maintenance is off\n')
  })

  test('a station shows as a worker, takes orders and answers them, and ends when it is told to', async () => {
    expect((await project.run(['workers'])).stderr).toContain('no worker has reported')
    const { station, worker } = await startWork()
    expect(worker).toMatchObject({ id: expect.stringMatching(/^w_[0-9a-f]{16}$/), healthy: true })
    const paused = await project.run(['pause', '--worker', worker.id])
    expect(paused).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`done: pause ${worker.id}`) })
    await vi.waitFor(async () => expect(await workers()).toMatchObject([{ status: 'paused' }]), waiting)
    const before = (await project.json('dispatch', 'greet')) as { readonly id: string }
    expect((await project.run(['resume', '--all'])).exitCode).toBe(0)
    await vi.waitFor(
      async () => expect(await project.json('job', before.id)).toMatchObject({ state: 'completed' }),
      waiting,
    )
    expect(await project.json('workers', '--stats')).toMatchObject({ total: 1, jobsFailed: 0 })
    expect((await project.run(['workers', worker.id])).stdout).toMatch(/resume by .*: done[\s\S]*pause by .*: done/)
    const shown = await project.run(['workers'], {
      env: { STELLWERK_HEALTH_CPU: '1', STELLWERK_HEALTH_HEARTBEAT: '1' },
    })
    expect(shown.stdout).toContain(worker.id)
    expect((await project.run(['stop', '--all'])).exitCode).toBe(0)
    expect((await station.answer).exitCode).toBe(0)
    await vi.waitFor(async () => expect(await workers()).toMatchObject([{ status: 'stopped' }]), waiting)
  })

  test('a running job is cancelled: its handler hears of it, and it ends as cancelled', async () => {
    await startWork()
    const { id } = (await project.json('dispatch', 'slow')) as { readonly id: string }
    await vi.waitFor(async () => expect(await workers()).toMatchObject([{ running: [{ id }] }]), waiting)
    expect(await project.json('cancel', id)).toEqual({ cancelled: 1, ids: [id], told: [id] })
    await vi.waitFor(async () => expect(await project.json('job', id)).toMatchObject({ state: 'cancelled' }), waiting)
    expect((await project.run(['cancel', id])).stderr).toContain('cancelled already')
  })

  test('a queue that nobody feeds, a label that another has and a queue that nobody knows are said, and hinder nothing', async () => {
    await project.run(['dispatch', 'greet'])
    const { station } = await startWork('--queue', 'defualt,default', '--name', 'blue')
    await vi.waitFor(() => expect(station.stderr()).toContain("no job of queue 'defualt' is on record"), waiting)
    expect(station.stderr()).toContain("did you mean 'default'?")
    const second = project.start(['work', '--name', 'blue'])
    stations.push(second)
    await vi.waitFor(() => expect(second.stderr()).toContain("another live station has the label 'blue'"), waiting)
    await vi.waitFor(async () => expect((await workers()).length).toBe(2), waiting)
    const shown = await project.run(['workers'])
    expect(shown.stderr).toContain("no job of queue 'defualt', which a pool names, is on record")
    expect(shown.stderr).toContain("several live stations have the label 'blue'")
    expect(shown.stdout).toMatch(/blue \([\w-]{8}\)/)
    const paused = await project.run(['pause', 'mial'])
    expect(paused).toMatchObject({ exitCode: 0, stdout: 'paused queue mial\n' })
    expect(paused.stderr).toContain("no job of queue 'mial' is on record, and no live station names it")
    const doctor = await project.run(['doctor', '--json'], { env: { STELLWERK_QUEUES: 'defualt' } })
    expect(JSON.parse(doctor.stdout)).toMatchObject({
      checks: expect.arrayContaining([
        expect.objectContaining({ name: 'queues', ok: true, found: expect.stringContaining("'defualt'") }),
      ]),
    })
  })

  test('what cannot be is refused with what to do', async () => {
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { exitCode, stderr } = await project.run(args)
      return `${exitCode} ${stderr}`
    }
    expect(await refused('pause')).toMatch(/^2 .*name a queue/)
    expect(await refused('pause', 'mail', '--all')).toMatch(/^2 .*not both/)
    expect(await refused('pause', 'mail', '--for', 'soon')).toMatch(/^2 .*--for/)
    expect(await refused('stop')).toMatch(/^2 .*name one of/)
    expect(await refused('restart')).toMatch(/^3 .*no station is alive/)
    expect(await refused('workers', 'w_9')).toMatch(/^3 .*no worker 'w_9'/)
    expect(await refused('scale', 'emails', 'many')).toMatch(/^2 .*processes/)
    expect(await refused('scale', 'emails', '2')).toMatch(/^3 .*no live station has a pool 'emails'/)
    expect(await refused('maintenance', 'maybe')).toMatch(/^2 .*one of on, off/)
  })
})
