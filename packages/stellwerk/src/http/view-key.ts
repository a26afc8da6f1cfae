import type { Actor } from '../domain/actor.ts'

/** Equal for a topic that two actors see alike: what they may read and which queues they reach decides, not who they are. */
export function viewKey(topic: string, { permissions, queues }: Pick<Actor, 'permissions' | 'queues'>): string {
  const may = permissions === 'all' ? permissions : [...permissions].sort()
  return JSON.stringify([topic, may, queues === null ? null : [...queues].sort()])
}

/** Under which an actor's requests and streams are counted: by token where there is one, else by name and address, since an application need not tell names. */
export function actorKey({ kind, name, tokenId, ip }: Pick<Actor, 'kind' | 'name' | 'tokenId' | 'ip'>): string {
  return tokenId === null ? `${kind} ${name} ${ip ?? ''}` : `token ${tokenId}`
}
