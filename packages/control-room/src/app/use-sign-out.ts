import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../api/api-context.tsx'
import { sessionKey } from '../api/query-client.ts'

/** Ends the session, forgets every figure, and shows the login page. */
export function useSignOut(): () => void {
  const { client } = useApi()
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: () => client.send<undefined>('/session', { method: 'DELETE' }),
    onSuccess: () => {
      queries.clear()
      queries.setQueryData(sessionKey, null)
    },
  })
  return () => mutate()
}
