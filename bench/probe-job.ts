import { defineJob, type Handler, openStellwerk, type Stellwerk } from 'stellwerk'
import { z } from 'zod'
import type { BenchStore } from './bench-store.ts'

const payload = z.object({ n: z.number(), sentAtNs: z.string().optional() })

/** What the jobs of every scenario carry: a number, and for latencies the time of dispatch. */
export type ProbePayload = z.output<typeof payload>

/** The one job type of the bench; without a handler it only dispatches. */
export function probeJob(handle?: Handler<ProbePayload>) {
  return defineJob({ name: 'probe', payload, ...(handle !== undefined && { handle }) })
}

/** The definition that probeJob makes. */
export type ProbeJob = ReturnType<typeof probeJob>

/** Opens the round's store as an application would. */
export function openBench(store: Pick<BenchStore, 'store' | 'schema'>, job: ProbeJob): Promise<Stellwerk> {
  return openStellwerk({ store: store.store, schema: store.schema, jobs: [job], migrate: true })
}

/** Dispatches `count` jobs in statements of `chunk`; returns their ids. */
export async function dispatchInChunks(
  stellwerk: Stellwerk,
  job: ProbeJob,
  { count, chunk }: { readonly count: number; readonly chunk: number },
): Promise<number[]> {
  const ids: number[] = []
  for (let from = 0; from < count; from += chunk) {
    const size = Math.min(chunk, count - from)
    const dispatched = await stellwerk.dispatchMany(Array.from({ length: size }, (_, at) => job.with({ n: from + at })))
    for (const { id } of dispatched) ids.push(id)
  }
  return ids
}
