import { core } from './0001-core.ts'
import { insertGroup } from './0002-insert-group.ts'
import { laneKey } from './0003-lane-key.ts'
import { history } from './0004-history.ts'

/** One numbered step; `oldestProgram` is the lowest schema version a program must know to work on the result. */
export interface Migration {
  readonly version: number
  readonly oldestProgram: number
  readonly sql: (schema: string) => string
}

/** In order, without gaps. The last one's version is what this program knows. */
export const migrations: readonly Migration[] = [
  { version: 1, oldestProgram: 1, sql: core },
  { version: 2, oldestProgram: 1, sql: insertGroup },
  { version: 3, oldestProgram: 1, sql: laneKey },
  { version: 4, oldestProgram: 1, sql: history },
]

/** The newest schema version this program knows. */
export const programVersion: number = migrations.length
