import type { Station } from '../../../../stellwerk/src/http/schemas/station.ts'
import type { StationCondition } from '../../ui/tone.ts'

/** A living station is active while it runs jobs; one that is lost or stopped is neither active nor idle. */
export function stationCondition({ state, processing }: Pick<Station, 'state' | 'processing'>): StationCondition {
  if (state !== 'alive') return state
  return processing > 0 ? 'active' : 'idle'
}
