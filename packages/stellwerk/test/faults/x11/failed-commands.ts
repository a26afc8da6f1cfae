import fc from 'fast-check'
import { expect } from 'vitest'
import { compareJob } from './compare-store.ts'
import { commandOf } from './store-command.ts'

const queue = fc.constantFrom('q', 'r')
const type = fc.constantFrom('a', 'b')
const selection = fc.record({ queue, type }, { requiredKeys: [] })
/** Bulk retry and deletion of failed jobs. */
export const bulk = commandOf(
  'bulk',
  fc.record({ selection, limit: fc.integer({ min: 1, max: 4 }), forget: fc.boolean() }),
  (order) => async (model, store) => {
    const { failedJobs } = store
    const meant = model.failed(order.selection)
    expect(await failedJobs.count(order.selection)).toBe(meant.length)
    const step = { afterId: 0, limit: order.limit }
    const progress = await (order.forget
      ? failedJobs.forgetNext(order.selection, step)
      : failedJobs.retryNext(order.selection, step))
    const touched = meant.slice(0, order.limit)
    expect(progress.changed).toBe(touched.length)
    for (const { id } of touched) {
      if (order.forget) model.forget(id)
      else model.retry(id)
      await compareJob(store, model, id)
    }
  },
)

/** Due hooks are taken. */
export const hooks = commandOf('hooks', type, (name) => async (model, store) => {
  const due = model.in('failed').filter((job) => job.hookDue && job.type === name)
  const taken = await store.failedJobs.takeHooks([name], 1_000, 'station-a')
  expect(taken.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual(
    due.map(({ id }) => id).toSorted((one, other) => one - other),
  )
  for (const job of due) job.hookDue = false
})

/** Counters are folded. */
export const fold = commandOf('fold', fc.constant(0), () => async (_model, store) => {
  await store.metrics.foldTallies()
})
