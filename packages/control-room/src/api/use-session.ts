import { type QueryClient, queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Session } from '../../../stellwerk/src/http/schemas/session.ts'
import type { ApiClient } from './api-client.ts'
import { useApi } from './api-context.tsx'
import { asProblem } from './problem.ts'
import { sessionKey } from './query-client.ts'

async function fetchSession(client: ApiClient, signal: AbortSignal): Promise<Session | null> {
  try {
    return await client.send<Session>('/session', { signal })
  } catch (error) {
    if (asProblem(error).status === 401) return null
    throw error
  }
}

/** How the session is asked for and kept. */
function sessionOptions(client: ApiClient) {
  return queryOptions({
    queryKey: sessionKey,
    queryFn: ({ signal }) => fetchSession(client, signal),
    staleTime: 300_000,
  })
}

/** Asks who looks before anything is drawn. */
export function prefetchSession(queries: QueryClient, client: ApiClient): void {
  void queries.prefetchQuery(sessionOptions(client))
}

/** Who looks; null = signed out. Asked again every five minutes, and until an answer comes. */
export function useSessionQuery(): UseQueryResult<Session | null> {
  const { client } = useApi()
  return useQuery({
    ...sessionOptions(client),
    refetchInterval: (query) => (query.state.status === 'error' ? 3_000 : 300_000),
  })
}

/** The session of everything inside the gate. */
export const SessionContext = createContext<Session | null>(null)

/** Who looks. Inside of the gate only. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('the session is used outside of the gate')
  return session
}

/** Says whether the one who looks has a permission; the server decides, this only hides what it would refuse. */
export function usePermission(permission: string): boolean {
  return useSession().permissions.includes(permission)
}
