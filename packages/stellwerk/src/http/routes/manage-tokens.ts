import { z } from 'zod'
import { checkDuration } from '../../client/check-settings.ts'
import { createToken } from '../../operations/create-token.ts'
import { listTokens } from '../../operations/list-tokens.ts'
import { revokeToken } from '../../operations/revoke-token.ts'
import { defineRoute } from '../route.ts'
import { idSchema } from '../schemas/scalars.ts'
import { newTokenSchema, tokenListSchema, tokenRequestSchema } from '../schemas/token.ts'
import { toToken } from '../shapes/to-token.ts'

/** GET /tokens: every token. */
export const listTokensRoute = defineRoute({
  method: 'GET',
  path: '/tokens',
  permission: 'token:manage',
  summary: 'Tokens, the newest first, those that no longer hold included',
  response: tokenListSchema,
  errors: [],
  handle: async (deps) => ({ tokens: (await listTokens(deps)).map(toToken) }),
})

/** POST /tokens: a new token, whose text is shown this once. */
export const createTokenRoute = defineRoute({
  method: 'POST',
  path: '/tokens',
  permission: 'token:manage',
  summary: 'Make a token; its text is in this answer alone',
  body: tokenRequestSchema,
  status: 201,
  response: newTokenSchema,
  errors: ['OPTION_INVALID'],
  handle: async (deps, { body: { name, role, queues = null, lifetime = null } }) => {
    const lifetimeMs = lifetime === null ? null : checkDuration('lifetime', lifetime)
    const { token, text } = await createToken(deps, { name, role, queues, lifetimeMs })
    return { ...toToken(token), text }
  },
})

/** DELETE /tokens/:id: ends a token and its sessions. */
export const revokeTokenRoute = defineRoute({
  method: 'DELETE',
  path: '/tokens/:id',
  permission: 'token:manage',
  summary: 'End a token and its sessions at once',
  params: z.object({ id: idSchema.meta({ description: 'Id of the token' }) }),
  response: null,
  errors: ['TOKEN_NOT_FOUND'],
  handle: async (deps, { params }) => {
    await revokeToken(deps, Number(params.id))
    return undefined
  },
})
