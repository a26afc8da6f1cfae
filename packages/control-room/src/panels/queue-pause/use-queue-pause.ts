import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/api-context.tsx'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { showToast } from '../../ui/toasts.ts'
import { visibleText } from '../../ui/visible-text.ts'

/** Why, and for how long: '' = nothing is said, 0 = until somebody resumes it. */
export interface PauseWish {
  readonly reason: string
  readonly forMs: number
}

function pathOf(queue: string, verb: 'pause' | 'resume'): string {
  return `/queues/${encodeURIComponent(queue)}/${verb}`
}

/** Pauses a queue; `onDone` once it is. */
export function usePauseQueue(queue: string, onDone: () => void): UseMutationResult<unknown, Error, PauseWish> {
  const { client } = useApi()
  const { queues } = useMessages()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ reason, forMs }: PauseWish) => {
      const body = { ...(reason === '' ? {} : { reason }), ...(forMs === 0 ? {} : { forMs }) }
      return client.send(pathOf(queue, 'pause'), { method: 'POST', body })
    },
    onSuccess: () => {
      showToast({ kind: 'done', text: queues.pausedNow(visibleText(queue)) })
      onDone()
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['live'] }),
  })
}

/** Resumes queues; says when it is done, and why when it is not. */
export function useResumeQueue(): UseMutationResult<unknown, Error, string> {
  const { client } = useApi()
  const { queues, problems } = useMessages()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (queue: string) => client.send(pathOf(queue, 'resume'), { method: 'POST' }),
    onSuccess: (_, queue) => showToast({ kind: 'done', text: queues.resumedNow(visibleText(queue)) }),
    onError: (error) => {
      const { code, message } = asProblem(error)
      showToast({ kind: 'problem', text: problems.codes[code] ?? message })
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['live'] }),
  })
}
