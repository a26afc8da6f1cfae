import { describe, expect, test } from 'vitest'
import { trustedActor } from '../../src/domain/actor.ts'
import { checkHealth, isReady } from '../../src/operations/check-health.ts'
import { OverviewMemory } from '../../src/operations/overview-memory.ts'
import { silentLog } from '../../src/std/log.ts'
import { newJob } from '../../src/storage/conformance/sample-records.ts'
import { startStation } from '../../src/storage/conformance/store-steps.ts'
import type { Store } from '../../src/storage/store.ts'
import { makeHistory } from './job-history.ts'
import { bothStores, openApi } from './open-api.ts'

const actor = trustedActor('application', 'test')

interface Check {
  readonly name: string
  readonly status: string
  readonly found: string
}

describe.each(bothStores)('health on %s', (name, harness) => {
  test('an idle store without stations is healthy, and the probes say so without a word', async () => {
    const { call } = await openApi(harness())
    expect(await call('GET /health/live')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await call('GET /health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } })
    const { status, body } = await call('GET /health')
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'healthy', version: '0.0.0' } })
    const { checks } = body as { checks: Check[] }
    expect(checks.map((check) => `${check.name} ${check.status}`)).toEqual([
      'store ok',
      'metrics ok',
      'stations ok',
      'queues ok',
      // A held clock of a test is far from that of the machine.
      expect.stringMatching(name === 'sqlite' ? /^clock skipped$/ : /^clock (ok|failed)$/),
      'storage ok',
    ])
  })

  test('jobs that wait without a station, or on a queue that nobody serves, are not healthy', async () => {
    const { call, store, advance } = await openApi(harness())
    await store.dispatch.insertJobs({ token: 'one', jobs: [newJob()] })
    const failing = async (): Promise<readonly string[]> => {
      const { checks } = (await call('GET /health')).body as { checks: Check[] }
      return checks
        .filter(({ status, name: check }) => status === 'failed' && check !== 'clock')
        .map(({ name: check }) => check)
    }
    expect(await failing()).toEqual(['stations'])
    expect((await call('GET /health')).status).toBe(503)
    await startStation(store, { queues: ['other'] })
    expect(await failing()).toEqual([])
    await advance(61_000)
    await store.stations.renew('station-a', 10_000)
    expect(await failing()).toEqual(['queues'])
    await store.stations.register({
      id: 'b',
      host: 'h',
      pid: 1,
      label: null,
      version: '1',
      concurrency: 1,
      types: ['send'],
      queues: ['*'],
      leaseMs: 2_000_000,
    })
    expect(await failing()).toEqual([])
    await advance(900_000)
    expect(await failing()).toEqual(['queues'])
  })

  test('figures that stations do not roll up are stale, figures of nobody are not', async () => {
    const { store, advance } = await openApi(harness())
    await makeHistory(store)
    const metrics = async (): Promise<string | undefined> => {
      const reading = await checkHealth({ store, actor, log: silentLog }, new OverviewMemory())
      return reading.findings.find((finding) => finding.name === 'metrics')?.status
    }
    await advance(16 * 60_000)
    expect(await metrics()).toBe('ok')
    await store.stations.renew('station-a', 10_000)
    expect(await metrics()).toBe('failed')
    await store.rollup.rollMinutes(100)
    expect(await metrics()).toBe('ok')
  })

  test('each check has a switch, and a time of its own', async () => {
    const { store } = await openApi(harness())
    const never = new Promise<never>(() => {})
    const hanging: Store = {
      ...store,
      stations: { ...store.stations, list: () => never },
      schema: { ...store.schema, version: () => never },
    }
    const deps = { store: hanging, actor, log: silentLog }
    const reading = await checkHealth(deps, new OverviewMemory(), {
      timeoutMs: 20,
      checks: { clock: false, storage: false },
    })
    expect(reading).toMatchObject({ isHealthy: false, at: null })
    expect(reading.findings.map(({ name: check, status, found }) => `${check} ${status}: ${found}`)).toEqual([
      'store failed: no answer within 20ms',
      'metrics failed: no answer within 20ms',
      'stations failed: no answer within 20ms',
      'queues failed: no answer within 20ms',
      'clock skipped: switched off',
      'storage skipped: switched off',
    ])
    expect(await isReady(deps, 20)).toBe(false)
    expect(await isReady({ store }, 2_000)).toBe(true)
  })
})

describe.each(bothStores)('figures for Prometheus on %s', (_name, harness) => {
  test('can be read by their format, and tell what there is', async () => {
    const { call, store, advance } = await openApi(harness())
    await makeHistory(store)
    await store.dispatch.insertJobs({ token: 'one', jobs: [newJob({ queue: 'a "quoted" \\ queue' })] })
    await advance(30_000)
    await store.stations.renew('station-a', 10_000)
    const { headers, body } = await call('GET /prometheus')
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const samples = parse(String(body))
    const value = (series: string): number | undefined => samples.get(series)
    expect(value('stellwerk_jobs{queue=mail,type=send,state=failed}')).toBe(3)
    expect(value('stellwerk_jobs{queue=a "quoted" \\ queue,type=send,state=pending}')).toBe(1)
    expect(value('stellwerk_runs_total{queue=mail,type=send,outcome=failed}')).toBe(3)
    expect(value('stellwerk_runs_total{queue=mail,type=send,outcome=completed}')).toBe(1)
    expect(value('stellwerk_stations{state=alive}')).toBe(1)
    expect(value('stellwerk_station_capacity')).toBe(10)
    expect(value('stellwerk_oldest_wait_seconds{queue=slow}')).toBe(30)
    expect(value('stellwerk_run_duration_seconds_count{queue=mail,type=send}')).toBe(5)
    expect(value('stellwerk_run_duration_seconds_sum{queue=mail,type=send}')).toBeCloseTo(0.17)
    expect(value('stellwerk_run_duration_seconds_bucket{queue=mail,type=send,le=0.025}')).toBe(0)
    expect(value('stellwerk_run_duration_seconds_bucket{queue=mail,type=send,le=0.05}')).toBe(5)
    expect(value('stellwerk_run_duration_seconds_bucket{queue=mail,type=send,le=+Inf}')).toBe(5)
    expect(
      parse(String((await call('GET /prometheus')).body)).get(
        'stellwerk_runs_total{queue=mail,type=send,outcome=failed}',
      ),
    ).toBe(3)
  })
})

/** Samples by name and labels, read by the grammar of the format. @throws where a line does not fit it, or a family is not announced */
function parse(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>()
  const announced = new Set<string>()
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE ([a-z_]+) (?:gauge|counter|histogram)$/.exec(line)?.[1]
    if (type !== undefined) announced.add(type)
    if (line.startsWith('# ')) continue
    const { family, series, value } = readSample(line)
    if (!announced.has(family)) throw new Error(`no TYPE before: ${line}`)
    if (samples.has(series)) throw new Error(`twice: ${line}`)
    samples.set(series, value)
  }
  return samples
}

const sampleLine = /^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? ([-+.\dInfe]+)$/

function readSample(line: string): { family: string; series: string; value: number } {
  const [, name = '', labels = '', number = ''] = sampleLine.exec(line) ?? []
  const pairs = [...labels.matchAll(/([a-z]+)="((?:[^"\\\n]|\\[\\"n])*)"/g)].map(
    ([, key, value = '']) => `${key}=${unescapeLabel(value)}`,
  )
  const series = pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`
  return { family: name.replace(/_(bucket|sum|count)$/, ''), series, value: Number(number) }
}

function unescapeLabel(value: string): string {
  return value.replaceAll(/\\([\\"n])/g, (_all, character: string) => (character === 'n' ? '\n' : character))
}
