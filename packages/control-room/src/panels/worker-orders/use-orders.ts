import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import type {
  WorkerOrder,
  WorkerOrderList,
  WorkerOrderRequest,
  WorkerOrders,
} from '../../../../stellwerk/src/http/schemas/worker-order.ts'
import { useApi } from '../../api/api-context.tsx'
import { showToast, type Toast } from '../../ui/toasts.ts'
import { useServerWords } from '../server-words/use-server-words.ts'
import { useWorkerWords, type WorkerWords } from '../workers/worker-words.ts'
import { orderTargetText } from './order-words.ts'

const key = ['orders'] as const
const PENDING_MS = 1_000
const QUIET_MS = 10_000

/** Orders that were given from this tab and have no answer yet: their answer is told, wherever one looks. */
const awaited = new Set<string>()

/** The orders of the last day, newest first; asked every second while one of them is pending, and anew when other ones are open. */
export function useOrderList(open: readonly WorkerOrder[]): UseQueryResult<WorkerOrderList> {
  const { client } = useApi()
  return useQuery({
    queryKey: [...key, 'list', open.map(({ id }) => id).join()],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.send<WorkerOrderList>('/workers/orders?limit=50', { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.orders.some(({ state }) => state === 'pending') === true ? PENDING_MS : QUIET_MS,
  })
}

/** Gives orders; their answers follow. */
export function useGiveOrder(onGiven: () => void): UseMutationResult<WorkerOrders, Error, WorkerOrderRequest> {
  const { client } = useApi()
  const { orders: words } = useWorkerWords()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: WorkerOrderRequest) => client.send<WorkerOrders>('/workers/orders', { method: 'POST', body }),
    onSuccess: ({ orders }) => {
      for (const { id } of orders) awaited.add(id)
      showToast({ kind: 'done', text: words.given(orders.length) })
      onGiven()
    },
    onSettled: () =>
      Promise.all([cache.invalidateQueries({ queryKey: key }), cache.invalidateQueries({ queryKey: ['live'] })]),
  })
}

type Words = WorkerWords['orders']

/** An answer as a toast. */
function answerToast(order: WorkerOrder, words: Words, target: string): Omit<Toast, 'id' | 'answer'> {
  const name = words.kind[order.kind]
  if (order.state === 'done') return { kind: 'done', text: words.answered(name, target) }
  const refused = words.refused(name, target)
  if (order.state === 'refused' && order.answer !== null) return { kind: 'problem', text: refused }
  return { kind: 'problem', text: `${refused} ${order.state === 'expired' ? words.expired : words.state.refused}` }
}

/** Tells the answers to orders that were given from here; `orders` is what is known of them. */
export function useOrderAnswers(orders: readonly WorkerOrder[], machineOf: (station: string) => string): void {
  const { orders: words } = useWorkerWords()
  const say = useServerWords()
  useEffect(() => {
    const answered = orders.filter(({ id, state }) => state !== 'pending' && awaited.delete(id))
    for (const order of answered)
      showToast({
        ...answerToast(order, words, orderTargetText(order, words.target, machineOf)),
        ...(order.answer === null ? {} : { answer: say(order.answer) }),
      })
  }, [orders, words, machineOf, say])
}
