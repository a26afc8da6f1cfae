import { cancelJob } from '../../operations/cancel-job.ts'
import type { OperationDeps } from '../../operations/operation-deps.ts'
import { orderWorkers, type WorkersOrder } from '../../operations/order-workers.ts'
import { pauseQueue } from '../../operations/pause-queue.ts'
import { resumeQueue } from '../../operations/resume-queue.ts'
import { retryJob } from '../../operations/retry-job.ts'
import { setMaintenance } from '../../operations/set-maintenance.ts'
import type { TopAction } from './top-view.ts'

type Act = (deps: OperationDeps, id: string) => Promise<string>

const acts: Readonly<Record<TopAction['kind'], Act>> = {
  pause_queue: async (deps, queue) => `paused queue ${(await pauseQueue(deps, { queue })).queue}`,
  resume_queue: async (deps, queue) =>
    (await resumeQueue(deps, queue)) ? `resumed queue ${queue}` : `queue ${queue} was not paused`,
  pause_worker: (deps, worker) => tell(deps, 'pause', worker),
  resume_worker: (deps, worker) => tell(deps, 'resume', worker),
  restart_worker: (deps, worker) => tell(deps, 'restart', worker),
  stop_worker: (deps, worker) => tell(deps, 'stop', worker),
  cancel_job: async (deps, id) =>
    (await cancelJob(deps, id)).told ? `the station of job ${id} is told to abort it` : `cancelled job ${id}`,
  retry_job: async (deps, id) => `retried job ${await retryJob(deps, id)}`,
  maintenance_on: async (deps) => {
    await setMaintenance(deps, { on: true, reason: null })
    return 'maintenance is on'
  },
  maintenance_off: async (deps) => {
    await setMaintenance(deps, { on: false })
    return 'maintenance is off'
  },
}

/** Does what a key asked for; says what became of it, refusals too. Never rejects. */
export async function actOnTop(deps: OperationDeps, { kind, id }: TopAction): Promise<string> {
  try {
    return await acts[kind](deps, id)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function tell(deps: OperationDeps, kind: WorkersOrder['kind'], worker: string): Promise<string> {
  const [order] = await orderWorkers(deps, { kind, target: { worker } })
  return `told station ${order?.stationId ?? ''} to ${kind} worker ${worker}`
}
