// The control room in a process of its own, as `stellwerk serve` runs one.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openStellwerk, type Stellwerk } from 'stellwerk'
import { answerOrders } from '../child-process.ts'

/** What a control room is opened on. */
export interface RoomOrder {
  readonly store: string
  readonly schema: string
}

let stellwerk: Stellwerk | undefined
let cpu = process.cpuUsage()

answerOrders({
  /** Answers with the address that logs in once. */
  start: async (order) => {
    const { store, schema } = order as unknown as RoomOrder
    stellwerk = await openStellwerk({ store, schema, migrate: true })
    // The bench asks faster than a person may.
    const room = stellwerk.controlRoom({ rateLimits: { requests: { perSecond: 1_000_000, burst: 1_000_000 } } })
    const server = createServer((request, response) => void room.node(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}${await room.loginPath()}`
  },
  /** CPU of this process since the last question, in milliseconds. */
  cpu: () => {
    const { user, system } = process.cpuUsage(cpu)
    cpu = process.cpuUsage()
    return Promise.resolve((user + system) / 1_000)
  },
})

// The server would keep it alive.
process.once('disconnect', () => process.exit())
