import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname } from 'node:path'

/** A PostgreSQL that the system brings. */
export interface InstalledPostgres {
  /** Folder of `initdb` and `postgres`. */
  readonly bin: string
  /** Such as 15. */
  readonly major: number
}

const places = [
  '/usr/lib/postgresql/*/bin/postgres',
  '/usr/pgsql-*/bin/postgres',
  '/opt/homebrew/opt/postgresql@*/bin/postgres',
  '/usr/local/opt/postgresql@*/bin/postgres',
]

/** The newest PostgreSQL of the system from 14 on that is not of `major`, null where there is none. */
export function findOtherPostgres(major: number): InstalledPostgres | null {
  const found = places
    .flatMap((place) => globSync(place))
    .filter((path) => existsSync(`${dirname(path)}/initdb`))
    .map((path): InstalledPostgres => ({ bin: dirname(path), major: majorOf(path) }))
    .filter((installed) => installed.major >= 14 && installed.major !== major)
  return found.toSorted((a, b) => b.major - a.major)[0] ?? null
}

function majorOf(postgres: string): number {
  const said = spawnSync(postgres, ['--version'], { encoding: 'utf8' }).stdout
  return Number(/ (\d+)/.exec(said)?.[1] ?? 0)
}
