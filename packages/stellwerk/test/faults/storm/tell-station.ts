import type { RunningStation, StationEvent } from '../../../src/client/work-options.ts'
import { tell } from './report-line.ts'

/** Tells the collector of an event of a station; a claim with the jobs it brought. */
export function tellEvent(event: StationEvent): void {
  if (event.kind === 'claimed')
    tell({ e: 'claimed', claims: event.claims.map(({ id, claimSeq }) => [id, claimSeq] as const) })
  else tell({ e: 'station', event })
}

/** Tells the station's identity, now and whenever it has another; returns what ends that. */
export function tellIdentity(station: Pick<RunningStation, 'id'>): () => void {
  let known = station.id
  tell({ e: 'ready', station: known })
  const watch = setInterval(() => {
    if (station.id === known) return
    known = station.id
    tell({ e: 'identity', station: known })
  }, 20)
  return () => clearInterval(watch)
}
