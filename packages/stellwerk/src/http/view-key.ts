import type { Actor } from '../domain/actor.ts'

/** Equal for a topic that two actors see alike: what they may read and which queues they reach decides, not who they are. */
export function viewKey(topic: string, { permissions, queues }: Pick<Actor, 'permissions' | 'queues'>): string {
  const may = permissions === 'all' ? permissions : [...permissions].sort()
  return JSON.stringify([topic, may, queues === null ? null : [...queues].sort()])
}

/** Under which an actor's requests and streams are counted. */
export function actorKey({ kind, name, tokenId }: Pick<Actor, 'kind' | 'name' | 'tokenId'>): string {
  return tokenId === null ? `${kind} ${name}` : `token ${tokenId}`
}
