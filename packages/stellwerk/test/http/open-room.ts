import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import type { StellwerkOptions } from '../../src/app/stellwerk-options.ts'
import type { ControlRoom, ControlRoomOptions } from '../../src/client/control-room-options.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import type { Role } from '../../src/domain/access/role.ts'
import { createToken } from '../../src/operations/create-token.ts'
import { temporaryPath } from '../temporary-store.ts'

/** A job type that any test may dispatch. */
export const greet = defineJob({ name: 'greet', queue: 'mail', handle: () => ({ hello: true }) })

/** One that carries something. */
export const remember = defineJob({ name: 'remember', queue: 'mail', payload: z.object({ note: z.string() }) })

/** A Stellwerk on a file of its own that ends with the test. */
export async function openTestStellwerk(options: StellwerkOptions = {}): Promise<Stellwerk> {
  const stellwerk = await openStellwerk({ store: `sqlite:${temporaryPath()}`, jobs: [greet, remember], ...options })
  onTestFinished(() => stellwerk.close())
  return stellwerk
}

/** The text of a new token. */
export async function newToken(stellwerk: Stellwerk, role: Role, queues?: readonly string[]): Promise<string> {
  const { text } = await createToken(stellwerk.deps(), { name: `the ${role}`, role, ...(queues && { queues }) })
  return text
}

/** A room by `.fetch`, with a request that names a path and may name more. */
export function openTestRoom(stellwerk: Stellwerk, options: ControlRoomOptions = {}) {
  const room = stellwerk.controlRoom(options)
  const ask = (path: string, { headers = {}, ...init }: AskInit = {}): Promise<Response> =>
    room.fetch(
      new Request(`http://localhost:7575${path}`, { ...init, headers: { host: 'localhost:7575', ...headers } }),
    )
  return { room, ask }
}

/** What a request may say. */
export interface AskInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server on a free port that ends with the test, with all connections; returns its address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A room behind node:http. */
export function serve(room: ControlRoom): Promise<string> {
  return listen(createServer(room.node))
}
