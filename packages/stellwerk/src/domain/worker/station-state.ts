/** alive: its lease holds. lost: its lease ran out before it had stopped. stopped: it ended by itself. */
export const stationStates = ['alive', 'lost', 'stopped'] as const

/** One of {@link stationStates}. */
export type StationState = (typeof stationStates)[number]
