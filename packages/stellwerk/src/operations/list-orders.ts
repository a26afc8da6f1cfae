import type { WorkerOrder } from '../domain/worker/worker-order.ts'
import type { OrderFilter } from '../storage/order-store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission } from './require-permission.ts'

/** Orders of a moment. */
export interface OrdersReading {
  /** The store's time, Unix ms. */
  readonly now: number
  /** Newest first. */
  readonly orders: readonly WorkerOrder[]
}

/** What stations were told within a day, and what came of it. @throws PERMISSION_DENIED */
export async function listOrders(deps: OperationDeps, filter: OrderFilter): Promise<OrdersReading> {
  requirePermission(deps, 'station:read')
  const [orders, now] = await Promise.all([deps.store.orders.list(filter), deps.store.metrics.now()])
  return { now, orders }
}
