import type { LaneHead, LaneShare } from './lane.ts'

/** Slots of a pool that are kept for jobs of this priority and above. */
export interface ReservedSlots {
  readonly priority: number
  readonly slots: number
}

/** How the slots of a pool are taken now: free ones, those that hold jobs of the reserved priority and above, and all others. */
export interface SlotUse {
  readonly free: number
  readonly urgent: number
  readonly ordinary: number
}

/** What of a claim may go to jobs below `priority`. */
export interface OrdinaryRoom {
  readonly priority: number
  readonly room: number
}

/**
 * How many of the free slots jobs below the reserved priority may take, 0 to `free`. A slot that an urgent job has taken is one less to keep free. Where a
 * pool has become so small that nothing else would ever run, one slot is left to the others. Pure.
 */
export function ordinaryRoom({ slots }: ReservedSlots, { free, urgent, ordinary }: SlotUse): number {
  const kept = Math.min(slots, free + urgent + ordinary - 1)
  return Math.max(0, free - Math.max(0, kept - urgent))
}

/** The heads that may be claimed at all, and how many jobs of them: without an urgent one no more than there is room for ordinary ones. Pure. */
export function withinReserve(
  heads: readonly LaneHead[],
  reserved: OrdinaryRoom | undefined,
  free: number,
): { readonly open: readonly LaneHead[]; readonly slots: number } {
  if (reserved === undefined) return { open: heads, slots: free }
  const { priority, room } = reserved
  const urgent = heads.filter((head) => head.priority >= priority)
  return {
    open: room > 0 ? heads : urgent,
    slots: urgent.length > 0 ? free : Math.max(0, Math.min(free, room)),
  }
}

/** The shares in their order, those below the reserved priority cut so that they add up to the room at most. Pure. */
export function cutOrdinary(shares: readonly LaneShare[], reserved: OrdinaryRoom | undefined): readonly LaneShare[] {
  if (reserved === undefined) return shares
  let { room } = reserved
  const cut = shares.map((share) => {
    if (share.priority >= reserved.priority) return share
    const limit = Math.min(share.limit, room)
    room -= limit
    return { ...share, limit }
  })
  return cut.filter(({ limit }) => limit > 0)
}
