import { core } from './0001-core.ts'
import { insertGroup } from './0002-insert-group.ts'
import { laneKey } from './0003-lane-key.ts'
import { tableSettings } from './0004-table-settings.ts'
import { history } from './0005-history.ts'
import { access } from './0006-access.ts'
import { tracesByDay } from './0007-traces-by-day.ts'
import { archive } from './0008-archive.ts'
import { workers } from './0009-workers.ts'
import { deadLetters } from './0010-dead-letters.ts'
import { hookTakers } from './0011-hook-takers.ts'
import { insertBlock } from './0012-insert-block.ts'

/** One numbered step; `oldestProgram` is the lowest schema version a program must know to work on the result. */
export interface Migration {
  readonly version: number
  /** What it brings, in a few words. */
  readonly name: string
  readonly oldestProgram: number
  readonly sql: (schema: string) => string
}

/** In order. The last one's version is what this program knows. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'jobs, history, counters, stations', oldestProgram: 1, sql: core },
  { version: 2, name: 'one group of jobs by a function', oldestProgram: 1, sql: insertGroup },
  { version: 3, name: 'lanes by one number', oldestProgram: 1, sql: laneKey },
  { version: 4, name: 'vacuum settings of every table', oldestProgram: 1, sql: tableSettings },
  { version: 5, name: 'hours, days, retention', oldestProgram: 1, sql: history },
  { version: 6, name: 'tokens, sessions, audit', oldestProgram: 1, sql: access },
  { version: 7, name: 'lines and attempts by day', oldestProgram: 1, sql: tracesByDay },
  { version: 8, name: 'archived jobs', oldestProgram: 1, sql: archive },
  { version: 9, name: 'workers, orders, pauses', oldestProgram: 1, sql: workers },
  { version: 10, name: 'dead-letter queues', oldestProgram: 1, sql: deadLetters },
  { version: 11, name: 'who runs a failed hook', oldestProgram: 1, sql: hookTakers },
  { version: 12, name: 'one group of jobs with a block of ids', oldestProgram: 1, sql: insertBlock },
]

/** The newest schema version this program knows. */
export const programVersion: number = migrations.at(-1)?.version ?? 0
