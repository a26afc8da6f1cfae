import type { QueryClient } from '@tanstack/react-query'
import { createApiClient } from '../api/api-client.ts'
import type { Api } from '../api/api-context.tsx'
import { LiveClient } from '../api/live/live-client.ts'
import { overviewTopic } from '../api/live/topics.ts'
import { liveKey } from '../api/live/use-live.ts'
import { createQueryClient, sessionKey } from '../api/query-client.ts'
import { noteServerTime } from '../api/server-clock.ts'
import type { Boot } from './boot.ts'

function noteTimeOf(value: unknown): void {
  if (typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string')
    noteServerTime(value.at)
}

/** What a room is made of. */
export interface RoomParts {
  readonly queries: QueryClient
  readonly api: Api
}

/** Client, stream and cache of one room, wired: what the stream brings lands in the cache, where pages read it. */
export function createRoom({ basePath }: Pick<Boot, 'basePath'>): RoomParts {
  const queries = createQueryClient()
  const client = createApiClient(basePath)
  const live = new LiveClient({
    address: (topics) => client.address(`/stream?topics=${topics.map(encodeURIComponent).join(',')}`),
    onValue(topic, value) {
      noteTimeOf(value)
      queries.setQueryData(liveKey(topic), value)
    },
    onSignedOut: () => queries.setQueryData(sessionKey, null),
  })
  return { queries, api: { client, live } }
}

/** Puts what the page brought into the cache, so that nothing of it is asked for. */
export function takeFirstAnswers(
  { queries }: RoomParts,
  { session, overview }: Pick<Boot, 'session' | 'overview'>,
): void {
  if (session !== undefined) queries.setQueryData(sessionKey, session)
  if (overview === undefined) return
  noteTimeOf(overview)
  queries.setQueryData(liveKey(overviewTopic.topic), overview)
}
