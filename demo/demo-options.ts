import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** The name that `npx stellwerk` needs on PostgreSQL to see what the demo made. */
const demoSchema = 'stellwerk_demo'

/** What the command line asked for. */
export interface DemoOptions {
  readonly once: boolean
  readonly json: boolean
  /** Absolute; the folder whose packages are looked at. */
  readonly root: string
  /** Absolute; everything the demo writes is in it. */
  readonly folder: string
  readonly store: string
  /** Whether it is the store that demo/stellwerk.config.ts names. */
  readonly isDefaultStore: boolean
  readonly schema: string
  readonly concurrency: number
  /** Of the control room; another that is free where it is taken. */
  readonly port: number
}

/** A command line that cannot be run, in one line; exit code 2. */
export class UsageError extends Error {}

/** Reads the command line; without --store and --folder a `DATABASE_URL` of PostgreSQL names the store. @throws UsageError */
export function parseDemoOptions(args: readonly string[], env: NodeJS.ProcessEnv = {}): DemoOptions {
  const project = fileURLToPath(new URL('..', import.meta.url))
  const values = parseStrictly(args)
  const folder = resolve(values.folder ?? resolve(project, '.stellwerk-demo'))
  const concurrency = Number(values.concurrency)
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 10_000) {
    throw new UsageError(`--concurrency ${values.concurrency}: give an integer from 1 to 10000`)
  }
  const port = portOf(values.port)
  const store = values.store ?? (values.folder === undefined ? env['DATABASE_URL'] : undefined)
  if (store !== undefined && !/^postgres(ql)?:\/\//.test(store)) {
    throw new UsageError(
      `${values.store === undefined ? 'DATABASE_URL' : '--store'} ${store}: give postgres://user@host/database, or nothing for a file in ${folder}`,
    )
  }
  return {
    once: values.once,
    json: values.json,
    root: resolve(values.root ?? resolve(project, 'node_modules')),
    folder,
    store: store ?? `sqlite:${resolve(folder, 'demo.db')}`,
    isDefaultStore: store === undefined && values.folder === undefined,
    schema: values.schema,
    concurrency,
    port,
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port ${text}: give an integer from 0 to 65535`)
  }
  return port
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        root: { type: 'string' },
        folder: { type: 'string' },
        store: { type: 'string' },
        schema: { type: 'string', default: demoSchema },
        concurrency: { type: 'string', default: '8' },
        port: { type: 'string', default: '7575' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
