/** What a station serves: queues by name, '*' = all, and job types. */
export interface Served {
  readonly queues: readonly string[]
  readonly types: readonly string[]
}

/** Further back nobody stands: with many stations the last ones look at the same moment. */
const lastRank = 3
const fnvOffset = 0x81_1c_9d_c5
const fnvPrime = 0x01_00_01_93

/**
 * How many jobs a station takes at once while `stations` serve the same work: half of its even share of what waits, at least one, so that whoever comes
 * a moment later finds about as much. A backlog that keeps all of them busy binds nobody. Pure.
 */
export function fairLimit(wanted: number, waiting: number, stations: number): number {
  if (stations <= 1) return wanted
  return Math.min(wanted, Math.max(1, Math.ceil(waiting / (2 * stations))))
}

/** Whether so few jobs wait that they are drawn for one by one, see {@link drawnRank}. Pure. */
export function isDrawn(waiting: number, stations: number): boolean {
  return stations > 1 && waiting < 2 * stations
}

/** What is drawn for: the name that the first of the jobs gives to the draw, and how many wait, at least one. */
export interface Lot {
  readonly name: string
  readonly jobs: number
}

/**
 * Who is first to take a job, 0, and who comes after, at most 3: all stations draw the same order without a word to each other, and another one for each
 * lot. Where several jobs wait as many stations are first, and as many come after them: none of them waits for a job that is not its own. Rendezvous hashing, after
 * Thaler and Ravishankar, over 32-bit FNV-1a. Pure.
 */
export function drawnRank(own: string, rivals: readonly string[], { name, jobs }: Lot): number {
  const mine = drawOf(own, name)
  const before = rivals.filter((rival) => drawOf(rival, name) < mine).length
  return Math.min(lastRank, Math.floor(before / jobs))
}

/** Whether two stations may take the same job. Pure. */
export function sharesWork(one: Served, other: Served): boolean {
  const isAll = one.queues.includes('*') || other.queues.includes('*')
  const meets = isAll || one.queues.some((queue) => other.queues.includes(queue))
  return meets && one.types.some((type) => other.types.includes(type))
}

function drawOf(id: string, lot: string): number {
  let hash = fnvOffset
  for (const letter of `${lot} ${id} ${lot}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), fnvPrime)
  // Its last letters alone would hardly move the upper bits.
  hash = Math.imul(hash ^ (hash >>> 16), fnvPrime)
  return (hash ^ (hash >>> 13)) >>> 0
}
