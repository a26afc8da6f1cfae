import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ControlRoomOptions, openStellwerk, type Stellwerk, type WorkOptions } from 'stellwerk'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../temporary-store.ts'

type Jobs = NonNullable<NonNullable<Parameters<typeof openStellwerk>[0]>['jobs']>

/** What a site is opened with. */
export interface SiteOptions {
  readonly jobs: Jobs
  /** An address of a store; a file of this test where nothing is said. */
  readonly store?: string
  readonly schema?: string
  readonly room?: ControlRoomOptions
}

/** A request that reached the server. */
export interface AnsweredRequest {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** The built control room on a free port, over a store with a station on demand. */
export interface Site {
  /** Where it is, without a slash at its end. */
  readonly url: string
  readonly stellwerk: Stellwerk
  /** Every request that was answered, in that order. */
  readonly answered: readonly AnsweredRequest[]
  /** Starts a station in this process. */
  work(options?: WorkOptions): Promise<void>
  /** An address that logs in once. */
  loginLink(): Promise<string>
}

/** Opens a site that ends with the test. It is the package as it was built, over real HTTP. */
export async function openSite({ jobs, store, schema, room }: SiteOptions): Promise<Site> {
  const folder = temporaryFolder()
  const stellwerk = await openStellwerk({
    store: store ?? `sqlite:${folder}/store.db`,
    jobs,
    migrate: true,
    ...(schema === undefined ? {} : { schema }),
  })
  onTestFinished(() => stellwerk.close())
  const controlRoom = stellwerk.controlRoom({ title: 'test', ...room })
  const answered: AnsweredRequest[] = []
  const server = createServer((request, response) => {
    const { method = '', url: path = '' } = request
    response.once('close', () => answered.push({ method, path, status: response.statusCode }))
    void controlRoom.node(request, response)
  })
  const url = await listen(server)
  return {
    url,
    stellwerk,
    answered,
    work: async (options) => void (await stellwerk.work({ stateDir: `${folder}/state`, ...options })),
    loginLink: async () => url + (await controlRoom.loginPath()),
  }
}

/** Listens on a free port of the loopback until the test has finished; returns the address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
