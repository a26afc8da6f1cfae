import type { Command } from 'commander'
import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import { listOrders } from '../operations/list-orders.ts'
import { orderWorkers, type WorkersOrder } from '../operations/order-workers.ts'
import type { WorkersTarget } from '../operations/resolve-target.ts'
import { sleep } from '../std/sleep.ts'
import { safeLine } from '../std/terminal-safe.ts'
import type { Invocation } from './cli-command.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Project } from './open-project.ts'
import { durationOf, textFlag } from './read-flags.ts'
import { toJson } from './to-json.ts'

const lookEveryMs = 100

/** Adds the options that say whom an order is for. */
export function addTarget(command: Command): Command {
  return command
    .option('--worker <id>', "one worker, as 'stellwerk workers' names it")
    .option('--pool <name>', 'a pool, on every station that has it')
    .option('--station <id>', 'a station, by its id or a label that it alone has; with --pool that pool of it')
    .option('--all', 'every live station')
    .option('--wait <duration>', 'how long to wait for the answers of stations, in seconds (default: 10)')
}

/** Whom the options name; empty where they name nobody. */
export function targetOf(flags: Invocation['flags']): WorkersTarget {
  const [worker, pool, station] = [textFlag(flags, 'worker'), textFlag(flags, 'pool'), textFlag(flags, 'station')]
  return {
    ...(worker !== undefined && { worker }),
    ...(pool !== undefined && { pool }),
    ...(station !== undefined && { station }),
    ...(flags['all'] === true && { all: true }),
  }
}

/** Gives the order, waits for the answers, and tells them: exit code 4 where one was refused or nobody answered. */
export async function giveOrder(
  { flags, output }: Invocation,
  { stellwerk }: Project,
  order: WorkersOrder,
): Promise<ExitCode> {
  const deps = stellwerk.deps()
  const waitMs = durationOf('--wait', textFlag(flags, 'wait') ?? '10')
  const given = await orderWorkers(deps, order)
  const ids = given.map(({ id }) => id)
  const endMs = performance.now() + waitMs
  let orders: readonly WorkerOrder[] = given
  while (orders.some(({ state }) => state === 'pending') && performance.now() < endMs) {
    await sleep(lookEveryMs)
    orders = (await listOrders(deps, { ids, limit: ids.length })).orders.toReversed()
  }
  if (output.json) output.value({ orders: orders.map(toJson) })
  else for (const one of orders) output.line(safeLine(describe(one)))
  return orders.every(({ state }) => state === 'done') ? 0 : 4
}

function describe({ id, kind, stationId, pool, workerId, processes, state, answer }: WorkerOrder): string {
  const whom =
    workerId ?? (pool === null ? 'all its workers' : `pool ${pool}${processes === null ? '' : ` to ${processes}`}`)
  const became = state === 'pending' ? 'no answer yet' : state
  return `${became}: ${kind.replaceAll('_', ' ')} ${whom} of station ${stationId} (order ${id})${answer === null ? '' : `: ${answer}`}`
}
