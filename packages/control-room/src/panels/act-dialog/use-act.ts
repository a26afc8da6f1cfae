import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useApi } from '../../api/api-context.tsx'
import { type ActOrder, type ActReport, act } from './act-order.ts'

/** What an order would change; asked anew each time. */
export function useTrial(order: ActOrder): UseQueryResult<ActReport> {
  const { client } = useApi()
  return useQuery({
    queryKey: ['trial', order.action, order.target],
    queryFn: () => act(client, order, true),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}

/** Carries orders out; lists and jobs are fetched again after each. */
export function useAct(): UseMutationResult<ActReport, Error, ActOrder> {
  const { client } = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (order: ActOrder) => act(client, order, false),
    onSettled: () => cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'trial' }),
  })
}
