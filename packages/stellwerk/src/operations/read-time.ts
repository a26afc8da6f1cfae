import type { OperationDeps } from './operation-deps.ts'
import { requireKnown } from './require-permission.ts'

/** The store's time, Unix ms: for everyone who is known. @throws UNAUTHENTICATED */
export async function readTime(deps: OperationDeps): Promise<number> {
  requireKnown(deps)
  return await deps.store.metrics.now()
}
