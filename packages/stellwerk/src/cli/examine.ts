import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { loadJobs } from '../app/configuration/load-jobs.ts'
import { redactAddress } from '../app/configuration/redact-address.ts'
import type { ResolvedConfiguration } from '../app/configuration/resolve-configuration.ts'
import { openStore } from '../app/open-store.ts'
import { trustedActor } from '../domain/actor.ts'
import type { Tally } from '../domain/metrics/tally.ts'
import { judgeSkew } from '../domain/worker/clock-skew.ts'
import { listQueues } from '../operations/list-queues.ts'
import { measureSkew } from '../operations/measure-skew.ts'
import { unfedQueues } from '../operations/unfed-queues.ts'
import { formatDuration } from '../std/duration.ts'
import { silentLog } from '../std/log.ts'
import type { StoreCheck } from '../storage/schema-store.ts'
import type { Store } from '../storage/store.ts'
import type { Invocation } from './cli-command.ts'
import { resolveProject } from './open-project.ts'
import { unfedText } from './unfed-text.ts'
import { namedQueues } from './warn-of-setup.ts'

const doctor = trustedActor('cli', 'doctor')

/** One thing that was looked at, with the remedy where it is not right. */
export type Finding = StoreCheck

/** Looks at Node, configuration, jobs, store, clock and stations, in this order. Changes nothing; a look that fails is a finding. */
export async function examine(invocation: Invocation): Promise<readonly Finding[]> {
  const findings: Finding[] = [
    fine('Node', process.versions.node),
    fine('SQLite', process.versions['sqlite'] ?? 'not there'),
  ]
  let configuration: ResolvedConfiguration
  try {
    configuration = await resolveProject(invocation)
  } catch (error) {
    return [...findings, failed('configuration', error)]
  }
  findings.push(
    configuration.file === null
      ? { name: 'configuration', ok: true, found: "none, defaults hold; 'stellwerk init' writes one", remedy: null }
      : fine('configuration', configuration.file),
  )
  findings.push(await examineJobs(configuration), examineStateDir(configuration.values.stateDir))
  return [...findings, ...(await examineStore(configuration))]
}

async function examineJobs({ values }: ResolvedConfiguration): Promise<Finding> {
  if (values.jobs.length === 0)
    return {
      name: 'jobs',
      ok: false,
      found: 'no module is named',
      remedy: "write jobs: './jobs.ts' into the configuration",
    }
  try {
    const jobs = await loadJobs(values.jobs, values.loader)
    const runnable = jobs.filter((job) => job.handle !== null)
    return fine('jobs', `${jobs.length} types, ${runnable.length} with a handler`)
  } catch (error) {
    return failed('jobs', error)
  }
}

function examineStateDir(path: string): Finding {
  let at = path
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at)
  try {
    accessSync(at, constants.W_OK)
    return fine('state directory', path)
  } catch {
    return {
      name: 'state directory',
      ok: false,
      found: `${path} cannot be written`,
      remedy: 'give it to the user that runs the station, or set STELLWERK_STATE_DIR',
    }
  }
}

async function examineStore({ values }: ResolvedConfiguration): Promise<readonly Finding[]> {
  const address = redactAddress(values.store)
  const path = values.store.startsWith('sqlite:') ? values.store.slice('sqlite:'.length) : null
  if (path !== null && !existsSync(path))
    return [
      {
        name: 'store',
        ok: false,
        found: `${address} is not there yet`,
        remedy: "run 'stellwerk migrate', which creates it",
      },
    ]
  let store: Store
  try {
    store = await openStore({ address: values.store, schema: values.schema, log: silentLog })
  } catch (error) {
    return [failed('store', error)]
  }
  try {
    const version = await store.schema.version()
    if (version === null)
      return [
        { name: 'store', ok: false, found: `${address} holds no schema of ours`, remedy: "run 'stellwerk migrate'" },
      ]
    return [
      fine('store', address),
      ...(await store.schema.check()),
      ...(await store.health.check({ snapshotAgeMs: values.snapshotAlarm })),
      await examineClock(store),
      await examineCounters(store),
      ...(await examineStations(store)),
      await examineQueues(store, values),
    ]
  } catch (error) {
    return [failed('store', error)]
  } finally {
    await store.close()
  }
}

/** Known for a server only: SQLite has no clock but the host's. */
async function examineClock(store: Store): Promise<Finding> {
  const skewMs = await measureSkew({ store, actor: doctor })
  if (skewMs === null) return fine('clock', "the host's own")
  const verdict = judgeSkew(skewMs)
  const found = `the server's is ${formatDuration(Math.abs(skewMs))} ${skewMs < 0 ? 'behind' : 'ahead'}`
  if (verdict === 'fine') return fine('clock', found)
  return {
    name: 'clock',
    ok: false,
    found: verdict === 'warn' ? found : `${found}, far more than clocks drift`,
    remedy: 'synchronise both machines by NTP; the times in logs and lists do not fit until then',
  }
}

/** A recount reads every row: beyond this many doctor leaves it. */
const mostRecounted = 200_000

/** Counters against the rows, and the tiers of the metrics against each other. Twice, since work goes on between two reads. */
async function examineCounters(store: Store): Promise<Finding> {
  const shown = await store.metrics.tallies()
  const jobs = shown.reduce((sum, { count }) => sum + count, 0)
  if (jobs > mostRecounted)
    return fine('counters', `${jobs} jobs are too many to be recounted here; up to ${mostRecounted} are`)
  const wrong = (await wrongCounters(store)) && (await wrongCounters(store))
  return wrong === null
    ? fine('counters', `equal to a recount of ${jobs} jobs`)
    : { name: 'counters', ok: false, found: wrong, remedy: 'report this as a defect, with the output of doctor --json' }
}

/** Null where all agree; otherwise the first place where they do not. */
async function wrongCounters(store: Store): Promise<string | null> {
  const [shown, counted] = await Promise.all([store.metrics.tallies(), store.metrics.recount()])
  const [different] = differences(shown, counted)
  if (different !== undefined) return different
  const [span] = (await store.rollup.recount(0)).map(
    ({ rule, at, queue, type, shown: said, recounted }) =>
      `${rule}: ${new Date(at).toISOString()}, queue '${queue}', type '${type}' says ${said}, counted are ${recounted}`,
  )
  return span ?? null
}

function differences(shown: readonly Tally[], counted: readonly Tally[]): readonly string[] {
  const keyOf = ({ queue, type, state }: Tally): string => `queue '${queue}', type '${type}', ${state}`
  const rows = new Map(counted.map((tally) => [keyOf(tally), tally.count]))
  const said = new Map(shown.map((tally) => [keyOf(tally), tally.count]))
  return [...new Set([...rows.keys(), ...said.keys()])]
    .filter((key) => (rows.get(key) ?? 0) !== (said.get(key) ?? 0))
    .map((key) => `${key}: shown are ${said.get(key) ?? 0}, counted ${rows.get(key) ?? 0}`)
}

async function examineStations(store: Store): Promise<readonly Finding[]> {
  const stations = (await store.stations.list()).filter(
    ({ state, leaseLeftMs }) => state === 'alive' && leaseLeftMs > 0,
  )
  const queues = await listQueues({ store, actor: doctor, log: silentLog })
  const unserved = queues.flatMap(({ queue, unservedTypes }) =>
    unservedTypes.map((type) => `'${type}' on queue '${queue}'`),
  )
  return [
    fine(
      'live stations',
      stations.length === 0 ? 'none' : stations.map(({ host, pid, label }) => label ?? `${host}:${pid}`).join(', '),
    ),
    unserved.length === 0
      ? fine('waiting jobs', 'a live station knows every waiting type, or none waits')
      : {
          name: 'waiting jobs',
          ok: false,
          found: `no live station runs ${unserved.join(', ')}`,
          remedy: "start 'stellwerk work' with a jobs module that has their handlers",
        },
  ]
}

/** A queue that nobody feeds may be meant so: no more than a word. */
async function examineQueues(store: Store, values: ResolvedConfiguration['values']): Promise<Finding> {
  const unfed = await unfedQueues({ store, actor: doctor, log: silentLog }, namedQueues(values))
  if (unfed.length === 0) return fine('queues', 'jobs of every queue that the configuration names are on record')
  return {
    name: 'queues',
    ok: true,
    found: unfed.map(unfedText).join(', '),
    remedy: 'where that is not a new queue, look at its name in the configuration and at the dispatches',
  }
}

function fine(name: string, found: string): Finding {
  return { name, ok: true, found, remedy: null }
}

/** Our messages carry their remedy after the last semicolon, or as their second sentence. */
function failed(name: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const [, found = message, remedy = 'run it again with STELLWERK_DEBUG=1 to see where it failed'] =
    /^(.*); (.*)$/s.exec(message) ?? /^(.*?)\. (.*)$/s.exec(message) ?? []
  return { name, ok: false, found, remedy }
}
