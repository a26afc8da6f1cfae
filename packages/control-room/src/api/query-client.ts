import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { asProblem } from './problem.ts'

/** Key under which the session is cached; null there means: signed out. */
export const sessionKey = ['session'] as const

/** Only what may pass by itself is asked again: no answer, and errors of the server. */
function isPassing(error: unknown): boolean {
  const { status } = asProblem(error)
  return status === 0 || status >= 500
}

/** The cache of answers. An answer of 401 to anything shows the login page, at the address where one is. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (asProblem(error).status === 401) queryClient.setQueryData(sessionKey, null)
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && isPassing(error),
        retryDelay: (count) => Math.min(4_000, 500 * 2 ** count),
        staleTime: 1_000,
        // The room asks the server on this machine too, where the browser believes itself to be offline.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  })
  return queryClient
}
