import { useQuery } from '@tanstack/react-query'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import type { WorkerOrder, WorkerOrderList } from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { useApi } from '../../api/api-context.tsx'
import { usePermission } from '../../api/use-session.ts'
import { type CancelSource, cancelOrder } from './cancel-order.ts'

/** What is known about the wish that a running job be cancelled. */
export interface CancelWish {
  /** Somebody wants it cancelled, and it still runs. */
  readonly isAsked: boolean
  /** The order that says so; null where it is not known, or may not be read. */
  readonly order: WorkerOrder | null
  /** It is under way: to ask again would change nothing. */
  readonly isUnderWay: boolean
}

/** Whether this running job is to be cancelled, and what its station said to it. */
export function useCancelWish(job: CancelSource & Pick<JobDetail, 'cancelRequested'>): CancelWish {
  const { client } = useApi()
  const mayRead = usePermission('station:read')
  const isAsked = job.state === 'processing' && job.cancelRequested
  const { data } = useQuery({
    queryKey: ['orders', 'cancel', job.id],
    queryFn: ({ signal }) => client.send<WorkerOrderList>('/workers/orders?limit=200', { signal }),
    enabled: mayRead && isAsked,
    refetchInterval: 2_000,
  })
  const order = isAsked ? cancelOrder(job, data?.orders ?? []) : null
  // Who may not read orders cannot see a refusal either: they may ask again.
  return { isAsked, order, isUnderWay: isAsked && mayRead && order?.state !== 'refused' }
}
