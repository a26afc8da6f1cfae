import { useCallback, useSyncExternalStore } from 'react'
import { subscribeClock } from '../../ui/clock.ts'
import { useApi } from '../api-context.tsx'
import { type LiveMode, liveMode } from './live-state.ts'

/** How figures arrive now; renders again when that changes. */
export function useLiveMode(): LiveMode {
  const { live } = useApi()
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [live.subscribe(listener), subscribeClock(listener)]
      return () => {
        for (const end of ends) end()
      }
    },
    [live],
  )
  return useSyncExternalStore(subscribe, () => liveMode({ ...live.getState(), now: performance.now() }))
}
