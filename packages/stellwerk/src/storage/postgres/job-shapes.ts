import type { NewJob } from '../dispatch-store.ts'

/** Jobs of a group by shape: everything about a job but its payload. Bulk dispatches have one shape, or few. */
export interface JobShapes {
  /** The first job of each shape. */
  readonly shapes: readonly NewJob[]
  /** For each job, in input order, the 1-based number of its shape. */
  readonly numbers: readonly number[]
}

/** Finds equal shapes; neighbours of one shape cost no key. Pure. */
export function groupShapes(jobs: readonly NewJob[]): JobShapes {
  const shapes: NewJob[] = []
  const byKey = new Map<string, number>()
  let last: NewJob | undefined
  let number = 0
  const numbers = jobs.map((job) => {
    if (last === undefined || !isSameShape(job, last)) {
      number = numberOf(job, { shapes, byKey })
      last = job
    }
    return number
  })
  return { shapes, numbers }
}

function numberOf(
  job: NewJob,
  { shapes, byKey }: { readonly shapes: NewJob[]; readonly byKey: Map<string, number> },
): number {
  const key = JSON.stringify({ ...job, payload: null })
  const known = byKey.get(key)
  if (known !== undefined) return known
  const number = shapes.push(job)
  byKey.set(key, number)
  return number
}

/** Told one by one: a loop over the names of the fields takes ten times as long, and this is asked of each of thousands. */
function isSameShape(one: NewJob, other: NewJob): boolean {
  return (
    one.type === other.type &&
    one.queue === other.queue &&
    one.priority === other.priority &&
    one.delayMs === other.delayMs &&
    one.weight === other.weight &&
    one.options === other.options &&
    one.runAt === other.runAt &&
    one.typeVersion === other.typeVersion &&
    one.tries === other.tries &&
    one.maxCrashes === other.maxCrashes &&
    one.parentId === other.parentId &&
    one.runId === other.runId
  )
}
