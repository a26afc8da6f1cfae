import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from './embedded-postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's connection URL of the PostgreSQL server that the whole run shares; each test makes its own schema or database. */
    postgresUrl: string
  }
}

/** Tests kill processes, never the machine: what only power loss could tell apart is left out for speed. */
const withoutDisk = ['fsync=off', 'full_page_writes=off']

/** Provides `postgresUrl`: what `STELLWERK_TEST_POSTGRES` names, else a server of our own that ends with the run, of the binaries in `STELLWERK_TEST_POSTGRES_BIN` where that is set. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['STELLWERK_TEST_POSTGRES']
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given)
    return undefined
  }
  const bin = process.env['STELLWERK_TEST_POSTGRES_BIN']
  const server = await startEmbeddedPostgres(withoutDisk, bin === undefined ? {} : { bin })
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}
