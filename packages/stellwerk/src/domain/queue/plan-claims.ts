import type { LaneHead, LaneShare } from './lane.ts'
import { cutOrdinary, type OrdinaryRoom, withinReserve } from './reserved-slots.ts'

/** How a station serves queues: all alike, one after the other, or in shares by weight. What a strict or weighted order does not name is not served. */
export type QueueOrder =
  | { readonly order: 'all'; readonly except?: ReadonlySet<string> }
  | { readonly order: 'strict'; readonly names: readonly string[] }
  | { readonly order: 'weighted'; readonly weights: ReadonlyMap<string, number> }

/** What earlier rounds owe to later ones: fractions of a claim, per queue where queues have weights. Start with {@link noDebts}. */
export interface ClaimDebts {
  readonly age: ReadonlyMap<string, number>
  readonly weight: ReadonlyMap<string, number>
}

/** What a station may claim, and in which order. */
export interface ClaimRules {
  readonly queues: QueueOrder
  /** Types that its workers have a handler for. */
  readonly knownTypes: ReadonlySet<string>
  readonly pausedQueues: ReadonlySet<string>
  readonly minPriority?: number
  /** Only members of batches. */
  readonly batchOnly?: boolean
  /** Part of the claims, 0 to 1, that goes by age to what the highest priority would starve; {@link defaultAgeShare} unless said otherwise. */
  readonly ageShare?: number
  /** Where slots are kept for a priority: how many jobs below it may be claimed. */
  readonly reserved?: OrdinaryRoom
  readonly debts: ClaimDebts
}

/** What to claim: lanes in claiming order, none twice, at most `limit` jobs over all; `debts` belong into the rules of the next round. */
export interface ClaimPlan {
  readonly shares: readonly LaneShare[]
  readonly limit: number
  readonly debts: ClaimDebts
}

/** One claim in ten goes by age. */
export const defaultAgeShare = 0.1

/** The debts of a station that has not claimed yet. */
export const noDebts: ClaimDebts = { age: new Map(), weight: new Map() }

/** Guards whole numbers against the rounding of sums of fractions. */
const EPSILON = 1e-9
/** Key of the age debt where queues are not weighted. */
const ONE_GROUP = ''

interface Group {
  readonly key: string
  readonly quota: number
  /** In order of rank: queue, then priority, then age. */
  readonly lanes: readonly LaneHead[]
}

/**
 * How many jobs to claim from each lane. First comes, for each group (all queues; the first strict queue that has work; each weighted queue by its quota), its highest
 * priority, whose lanes split the quota evenly, the remainder to the oldest heads; then the part by age to the oldest head below it; then, as overflow, all the others
 * by rank. Each lane shown has at least one job, so a plan names at most twice as many lanes as slots (16 where slots are few). Pure: debts go in and come out.
 */
export function planClaims(heads: readonly LaneHead[], rules: ClaimRules, free: number): ClaimPlan {
  const claimable = heads.filter((head) => isClaimable(head, rules)).toSorted(byRank(rules.queues))
  const { open, slots } = withinReserve(claimable, rules.reserved, free)
  if (slots <= 0 || open.length === 0) return { shares: [], limit: Math.max(slots, 0), debts: rules.debts }
  const { groups, weight } = groupsOf(open, rules, slots)
  const age = new Map(rules.debts.age)
  const firm = groups.flatMap((group) => firmShares(group, rules.ageShare ?? defaultAgeShare, age))
  const named = new Set(firm.map(({ head }) => head))
  const overflow = open.filter((head) => !named.has(head)).map((head) => ({ head, limit: slots }))
  const all = [...firm, ...overflow].slice(0, Math.max(2 * slots, 16))
  // Behind the last lane nobody waits: it may have what the others leave.
  const shares = all.map(({ head, limit }, at) => toShare(head, at === all.length - 1 ? slots : limit))
  return { shares: cutOrdinary(shares, rules.reserved), limit: slots, debts: { age, weight } }
}

/** Whether a station with these rules may take jobs of the lane at all. Pure. */
export function isClaimable(head: LaneHead, rules: ClaimRules): boolean {
  return (
    rules.knownTypes.has(head.type) &&
    !rules.pausedQueues.has(head.queue) &&
    head.priority >= (rules.minPriority ?? Number.NEGATIVE_INFINITY) &&
    (rules.batchOnly !== true || head.inBatch) &&
    servesQueue(head.queue, rules.queues)
  )
}

/** Whether a station with this order takes jobs of the queue at all. Pure. */
export function servesQueue(queue: string, queues: QueueOrder): boolean {
  if (queues.order === 'all') return queues.except?.has(queue) !== true
  return queues.order === 'strict' ? queues.names.includes(queue) : (queues.weights.get(queue) ?? 0) > 0
}

function byRank(queues: QueueOrder): (one: LaneHead, other: LaneHead) => number {
  const rank = new Map(queues.order === 'strict' ? queues.names.map((name, at) => [name, at]) : [])
  return (one, other) =>
    (rank.get(one.queue) ?? 0) - (rank.get(other.queue) ?? 0) ||
    other.priority - one.priority ||
    one.position - other.position
}

function groupsOf(
  open: readonly LaneHead[],
  rules: ClaimRules,
  free: number,
): { groups: Group[]; weight: ReadonlyMap<string, number> } {
  const { queues, debts } = rules
  if (queues.order === 'weighted') return weightedGroups(open, queues.weights, { free, debts })
  const lanes = queues.order === 'strict' ? open.filter(({ queue }) => queue === open[0]?.queue) : open
  return { groups: [{ key: ONE_GROUP, quota: free, lanes }], weight: debts.weight }
}

/** Each queue is owed its part of the slots; whole slots are paid, the largest remainders first, and the rest stays owed. */
function weightedGroups(
  open: readonly LaneHead[],
  weights: ReadonlyMap<string, number>,
  { free, debts }: { readonly free: number; readonly debts: ClaimDebts },
): { groups: Group[]; weight: ReadonlyMap<string, number> } {
  const lanesOf = Map.groupBy(open, ({ queue }) => queue)
  const names = [...lanesOf.keys()]
  const sum = names.reduce((total, name) => total + (weights.get(name) ?? 0), 0)
  const owed = new Map(
    names.map((name) => [name, (debts.weight.get(name) ?? 0) + (free * (weights.get(name) ?? 0)) / sum]),
  )
  const quotas = new Map<string, number>()
  for (let slot = 0; slot < free; slot++) {
    const next = names.reduce((best, name) => ((owed.get(name) ?? 0) > (owed.get(best) ?? 0) + EPSILON ? name : best))
    quotas.set(next, (quotas.get(next) ?? 0) + 1)
    owed.set(next, (owed.get(next) ?? 0) - 1)
  }
  const groups = [...lanesOf].map(([key, lanes]) => ({ key, quota: quotas.get(key) ?? 0, lanes }))
  return { groups, weight: owed }
}

interface FirmShare {
  readonly head: LaneHead
  readonly limit: number
}

/** The quota of one group: to its highest priority but for the part by age, which `age` accounts for. */
function firmShares({ key, quota, lanes }: Group, ageShare: number, age: Map<string, number>): readonly FirmShare[] {
  const top = lanes.filter(({ priority }) => priority === lanes[0]?.priority)
  const below = lanes.slice(top.length)
  const oldest = below.reduce<LaneHead | undefined>(
    (old, head) => (old && old.position <= head.position ? old : head),
    undefined,
  )
  const owed = (age.get(key) ?? 0) + quota * ageShare
  const byAge = oldest ? Math.min(Math.floor(owed + EPSILON), quota) : 0
  // Where nobody starves nothing is saved up beyond one claim.
  age.set(key, oldest ? owed - byAge : Math.min(owed, 1))
  const shares = evenly(top, quota - byAge)
  return oldest && byAge > 0 ? [...shares, { head: oldest, limit: byAge }] : shares
}

function evenly(lanes: readonly LaneHead[], slots: number): readonly FirmShare[] {
  const each = Math.floor(slots / lanes.length)
  const remainder = slots % lanes.length
  return lanes.map((head, at) => ({ head, limit: each + (at < remainder ? 1 : 0) })).filter(({ limit }) => limit > 0)
}

function toShare({ position: _, ...lane }: LaneHead, limit: number): LaneShare {
  return { ...lane, limit }
}
