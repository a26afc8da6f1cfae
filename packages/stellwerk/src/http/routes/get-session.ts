import { permissions } from '../../domain/access/permission.ts'
import { languages } from '../page.ts'
import { defineRoute } from '../route.ts'
import { sessionSchema } from '../schemas/session.ts'

/** GET /session: who looks, and at what. */
export const getSessionRoute = defineRoute({
  method: 'GET',
  path: '/session',
  permission: null,
  open: 'authenticated',
  summary: 'Who you are, what you may do, and what you look at',
  response: sessionSchema,
  errors: [],
  handle: async ({ actor, room, store, version }) => ({
    actor: { kind: actor.kind, name: actor.name, role: actor.role },
    permissions: [...(actor.permissions === 'all' ? permissions : actor.permissions)],
    queues: actor.queues === null ? null : [...actor.queues],
    title: room.title,
    environment: room.environment,
    readOnly: room.readOnly,
    version,
    store: store.kind,
    now: new Date(await store.metrics.now()).toISOString(),
    languages: [...languages],
  }),
})
