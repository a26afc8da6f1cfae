import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useApi } from '../api-context.tsx'
import { type ApiProblem, asProblem } from '../problem.ts'
import { topicState } from './live-client.ts'
import type { TopicState } from './topic-state.ts'
import { useLiveMode } from './use-live-mode.ts'

/** A view that the server pushes, and that can be fetched as well. `Value` is what `path` answers. */
export interface LiveTopic<Value> {
  /** Name on the stream, such as `job:17`. */
  readonly topic: string
  /** The GET that it mirrors, below the interface's address. */
  readonly path: string
  /** How often it is fetched while there is no stream. */
  readonly pollMs: number
  /** false = the stream is not asked for it: it is fetched every `pollMs` in any case. */
  readonly isPushed?: boolean
  /** Never set: it ties the type of the value to the topic. */
  readonly value?: Value
}

/** A value that stays, however the connection fares. */
export interface LiveValue<Value> {
  /** The last one that arrived; undefined until the first. */
  readonly data: Value | undefined
  /** Set while what is shown is old: since when. */
  readonly staleSince: Date | null
  /** Why there is no value, or no new one. */
  readonly problem: ApiProblem | null
  /** There was one, and the server says that it is gone for good. */
  readonly hasGone: boolean
  /** Fetches it now. */
  readonly retry: () => void
}

/** Key of the cached value of a topic. */
export function liveKey(topic: string): readonly [string, string] {
  return ['live', topic]
}

function timeOf(at: number): Date {
  return new Date(Date.now() - (performance.now() - at))
}

function staleTime({ staleSince }: TopicState, lastAt: number, isOld: boolean): Date | null {
  if (staleSince === null) return timeOf(lastAt)
  if (staleSince !== undefined) return new Date(staleSince)
  return isOld && lastAt > 0 ? timeOf(lastAt) : null
}

/** What the server does not understand, or does not have, it will not have in five seconds either. */
function isRefused(error: unknown): boolean {
  return error !== null && [400, 404].includes(asProblem(error).status)
}

/** The live value of a topic: pushed while the stream stands, fetched every `pollMs` while it does not. The last one stays. */
export function useLive<Value>({ topic, path, pollMs, isPushed = true }: LiveTopic<Value>): LiveValue<Value> {
  const { client, live } = useApi()
  const mode = useLiveMode()
  useEffect(() => (isPushed ? live.watch(topic) : undefined), [live, topic, isPushed])
  const state = useSyncExternalStore(live.subscribe, () => topicState(live.getState(), topic))
  const isAlone = !isPushed || state.isRefused
  const isFetched = mode === 'polling' || mode === 'stale' || (isAlone && mode !== 'paused')
  const query = useQuery({
    queryKey: liveKey(topic),
    queryFn: async ({ signal }) => {
      const begun = performance.now()
      const answer = await client.send<Value>(path, { signal })
      live.touch()
      return (live.valueSince(topic, begun) as Value | undefined) ?? answer
    },
    staleTime: isFetched ? pollMs : Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { error } }) => (isFetched && !isRefused(error) ? pollMs : false),
    refetchOnWindowFocus: false,
  })
  const { refetch } = query
  const retry = useCallback(() => {
    live.retryNow()
    void refetch()
  }, [live, refetch])
  return {
    data: query.data,
    staleSince: staleTime(
      state,
      live.getState().lastAt,
      mode === 'stale' || (query.isError && (mode !== 'live' || isAlone)),
    ),
    problem: query.error === null ? null : asProblem(query.error),
    hasGone: state.hasGone,
    retry,
  }
}
