import { isRole, type Role, rolePermissions, roles } from '../domain/access/role.ts'
import { hasPermission } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import { checkName } from '../domain/queue/queue-name.ts'
import { didYouMean } from '../std/did-you-mean.ts'
import { showValue } from '../std/show-value.ts'
import type { TokenRecord } from '../storage/token-store.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'
import { createSecret, hashSecret } from './secret-text.ts'

/** A token as it is asked for. */
export interface TokenRequest {
  readonly name: string
  readonly role: Role
  /** Null or not given = every queue; a producer needs some. */
  readonly queues?: readonly string[] | null
  /** From now on, ms; null or not given = it does not expire. */
  readonly lifetimeMs?: number | null
}

/** A new token with its text, which nobody can read again. */
export interface CreatedToken {
  readonly token: TokenRecord
  readonly text: string
}

const shownCharacters = 8
const leastLifetimeMs = 60_000
const mostLifetimeMs = 3_660 * 86_400_000

/** Makes a token; nobody gives more than they have. @throws PERMISSION_DENIED, OPTION_INVALID */
export function createToken(deps: OperationDeps, request: TokenRequest): Promise<CreatedToken> {
  return audited(deps, { action: 'token:create', target: 'a token' }, async (note) => {
    requirePermission(deps, 'token:manage')
    requireEveryQueue(deps)
    const { name, role, queues = null, lifetimeMs = null } = checkRequest(request)
    requireWhole(deps, role)
    const text = createSecret('stw_')
    const prefix = text.slice(0, shownCharacters)
    const hash = hashSecret(text)
    const token = await deps.store.tokens.create({
      hash,
      prefix,
      name,
      role,
      queues,
      lifetimeMs,
      createdBy: deps.actor.name,
    })
    note({ target: `token ${token.id}`, after: { name, role, queues, expiresAt: token.expiresAt } })
    return { token, text }
  })
}

function requireWhole(deps: OperationDeps, role: Role): void {
  for (const permission of rolePermissions[role])
    if (!hasPermission(deps.actor, permission)) requirePermission(deps, permission)
}

function checkRequest({ name, role, queues = null, lifetimeMs = null }: TokenRequest): Required<TokenRequest> {
  checkName(name, 'token')
  if (!isRole(role))
    throw invalid(`role ${showValue(role)} is not one of ${roles.join(', ')}${didYouMean(String(role), roles)}`)
  if (role === 'producer' && (queues === null || queues.length === 0))
    throw invalid('a producer dispatches to the queues that are named, and none is; name at least one')
  for (const queue of queues ?? []) checkName(queue, 'queue')
  if (
    lifetimeMs !== null &&
    !(Number.isInteger(lifetimeMs) && lifetimeMs >= leastLifetimeMs && lifetimeMs <= mostLifetimeMs)
  )
    throw invalid(`a token lives for one minute to ten years, not for ${showValue(lifetimeMs)} ms`)
  return { name, role, queues, lifetimeMs }
}

function invalid(message: string): StellwerkError {
  return new StellwerkError('OPTION_INVALID', message)
}
