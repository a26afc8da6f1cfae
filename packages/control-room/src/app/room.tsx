import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Router } from 'wouter'
import { ApiProvider } from '../api/api-context.tsx'
import type { Boot } from './boot.ts'
import { createRoom } from './create-room.ts'
import { SessionGate } from './session-gate.tsx'
import { Shell } from './shell.tsx'

/** The whole application, inside of the messages. */
export function Room({ boot }: { readonly boot: Boot }) {
  const [{ queries, api }] = useState(() => createRoom(boot))
  useEffect(() => {
    const onVisibility = () => api.live.setVisible(document.visibilityState === 'visible')
    onVisibility()
    document.addEventListener('visibilitychange', onVisibility)
    return () => document.removeEventListener('visibilitychange', onVisibility)
  }, [api])
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <Router base={boot.basePath}>
          <SessionGate>
            <Shell />
          </SessionGate>
        </Router>
      </ApiProvider>
    </QueryClientProvider>
  )
}
