import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Router } from 'wouter'
import { ApiProvider } from '../api/api-context.tsx'
import type { RoomParts } from './create-room.ts'
import { SessionGate } from './session-gate.tsx'
import { Shell } from './shell.tsx'

interface RoomProps {
  /** The prefix of all addresses. */
  readonly basePath: string
  readonly parts: RoomParts
}

/** The whole application, inside of the messages. */
export function Room({ basePath, parts: { queries, api } }: RoomProps) {
  useEffect(() => {
    const onVisibility = () => api.live.setVisible(document.visibilityState === 'visible')
    onVisibility()
    document.addEventListener('visibilitychange', onVisibility)
    return () => document.removeEventListener('visibilitychange', onVisibility)
  }, [api])
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <Router base={basePath}>
          <SessionGate>
            <Shell />
          </SessionGate>
        </Router>
      </ApiProvider>
    </QueryClientProvider>
  )
}
