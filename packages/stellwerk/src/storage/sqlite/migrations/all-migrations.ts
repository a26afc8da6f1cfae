import { core } from './0001-core.ts'
import { history } from './0002-history.ts'
import { access } from './0003-access.ts'
import { viewsOfTraces } from './0004-views-of-traces.ts'
import { archive } from './0005-archive.ts'
import { workers } from './0006-workers.ts'
import { deadLetters } from './0007-dead-letters.ts'
import { hookTakers } from './0008-hook-takers.ts'
import type { Migration } from './migration.ts'

/** Every step of the SQLite schema, in order. */
export const migrations: readonly Migration[] = [
  core,
  history,
  access,
  viewsOfTraces,
  archive,
  workers,
  deadLetters,
  hookTakers,
]
