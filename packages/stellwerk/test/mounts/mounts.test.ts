import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'
import type { ControlRoom } from 'stellwerk'
import { onTestFinished } from 'vitest'
import { certificate, type Mounted, mountContract } from './mount-contract.ts'

/** Lets a server listen on a free port until the test has finished. */
async function listen(server: Server, place: { readonly prefix: string; readonly ca?: string }): Promise<Mounted> {
  let streams = 0
  server.prependListener('request', (request, response) => {
    if (request.url?.includes('/stream?') !== true) return
    streams++
    response.once('close', () => streams--)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const scheme = place.ca === undefined ? 'http' : 'https'
  return { origin: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, streams: () => streams, ...place }
}

/** A person with the link may enter, nobody else. */
const authorize = () => null

mountContract('node:http at the root', (stellwerk) =>
  listen(createServer(stellwerk.controlRoom({ authorize }).node), { prefix: '' }),
)

mountContract('node:http below a path', (stellwerk) =>
  listen(createServer(stellwerk.controlRoom({ authorize, basePath: '/tools/jobs' }).node), { prefix: '/tools/jobs' }),
)

mountContract('node:https', (stellwerk) =>
  listen(createSecureServer(certificate, stellwerk.controlRoom({ authorize }).node), {
    prefix: '',
    ca: certificate.cert,
  }),
)

mountContract('Express at the root', (stellwerk) => {
  const app = express()
  app.use(stellwerk.controlRoom({ authorize }).node)
  return listen(createServer(app), { prefix: '' })
})

mountContract('Express below a path, with its body parser before it', (stellwerk) => {
  const app = express()
  app.use(express.json())
  app.use('/queue-manager', stellwerk.controlRoom({ authorize }).node)
  return listen(createServer(app), { prefix: '/queue-manager' })
})

mountContract('Express in a nested router', (stellwerk) => {
  const app = express()
  const outer = express.Router()
  const inner = express.Router()
  inner.use('/jobs', stellwerk.controlRoom({ authorize }).node)
  outer.use('/admin', inner)
  app.use('/internal', outer)
  return listen(createServer(app), { prefix: '/internal/admin/jobs' })
})

mountContract('Hono below a path', (stellwerk) => {
  const room = stellwerk.controlRoom({ authorize, basePath: '/jobs' })
  const app = new Hono()
  app.all('/jobs/*', (context) => room.fetch(context.req.raw))
  return listen(createServer(getRequestListener(app.fetch)), { prefix: '/jobs' })
})

/** What `app/jobs/[[...path]]/route.ts` of Next.js exports: one handler per method, called with the request and its own context. */
function nextRoute(room: ControlRoom) {
  const { fetch } = room
  return { GET: fetch, HEAD: fetch, POST: fetch, PATCH: fetch, DELETE: fetch }
}

mountContract('a route of Next.js', (stellwerk) => {
  const route = nextRoute(stellwerk.controlRoom({ authorize, basePath: '/jobs' }))
  const handle = (request: Request): Promise<Response> => {
    const handler = route[request.method as keyof typeof route]
    return handler(request, { params: Promise.resolve({ path: [] }) } as never)
  }
  return listen(createServer(getRequestListener(handle)), { prefix: '/jobs' })
})
