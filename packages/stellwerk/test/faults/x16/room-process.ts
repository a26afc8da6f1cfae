// The interface as a server of its own process: says where it listens, and with each line it is told, what memory it holds.
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { listenRoom } from '../../../src/cli/room-server.ts'
import { defineJob } from '../../../src/client/define-job.ts'
import type { RoomSaid, RoomSetup } from './room-said.ts'

const { address } = JSON.parse(process.argv[2] ?? '') as RoomSetup
const errors: string[] = []
const ignore = (): void => {}
const jobs = [
  defineJob({ name: 'anything', payload: z.unknown() }),
  defineJob({ name: 'send', queue: 'mail', payload: z.object({ to: z.number() }) }),
]
const stellwerk = await openStellwerk({
  ...address,
  jobs,
  log: {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (message, fields) => errors.push(`${message}: ${String(fields?.['error'])}`.slice(0, 300)),
  },
})
const room = stellwerk.controlRoom({
  authorize: () => 'admin',
  rateLimits: { requests: { perSecond: 1_000_000, burst: 1_000_000 }, loginsPerMinute: 1_000_000 },
})
const server = await listenRoom(room, { host: '127.0.0.1', port: 0, tls: null })

function say(said: RoomSaid): void {
  process.stdout.write(`${JSON.stringify(said)}\n`)
}

say({ kind: 'listening', url: server.url })
for await (const line of createInterface({ input: process.stdin })) {
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  say({ kind: 'memory', asked: line, rss, held: heapUsed + external, errors })
}
await server.close()
await stellwerk.close()
