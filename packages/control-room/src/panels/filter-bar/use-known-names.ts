import { useQuery } from '@tanstack/react-query'
import type { JobTypeList } from '../../../../stellwerk/src/http/schemas/job-type.ts'
import type { QueueList } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { useApi } from '../../api/api-context.tsx'
import { usePermission } from '../../api/use-session.ts'

/** Names to choose from, each with itself as its word. */
export interface KnownNames {
  readonly queues: readonly (readonly [string, string])[]
  readonly types: readonly (readonly [string, string])[]
}

const namesStayMs = 60_000

/** The queues and types that are known; empty until they have come, and for who may not see them. */
export function useKnownNames(): KnownNames {
  const { client } = useApi()
  const enabled = usePermission('queue:read')
  const queues = useQuery({
    queryKey: ['names', 'queues'],
    queryFn: ({ signal }) => client.send<QueueList>('/queues', { signal }),
    select: ({ queues: found }) => found.map(({ queue }) => queue),
    staleTime: namesStayMs,
    enabled,
  })
  const types = useQuery({
    queryKey: ['types'],
    queryFn: ({ signal }) => client.send<JobTypeList>('/types', { signal }),
    select: ({ types: found }) => found.map(({ type }) => type),
    staleTime: namesStayMs,
    enabled,
  })
  return { queues: (queues.data ?? []).toSorted().map(twice), types: (types.data ?? []).toSorted().map(twice) }
}

function twice(name: string): readonly [string, string] {
  return [name, name]
}
