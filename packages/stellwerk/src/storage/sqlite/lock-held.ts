import { StellwerkError } from '../../domain/errors.ts'
import type { Statement } from './statement.ts'

const ALIVE = /* sql */ `SELECT host, pid FROM station WHERE state = 'alive' ORDER BY started_at LIMIT 5`

interface LockedFile {
  readonly path: string
  prepare<Row extends [string, number]>(text: string): Statement<Row>
}

/** STORE_BUSY for a file that another process kept locked: names the living stations and what to do. Never throws. */
export function lockHeld(connection: LockedFile): StellwerkError {
  const stations = livingStations(connection)
  const who = stations.length === 0 ? 'no station is registered' : `stations: ${stations.join(', ')}`
  const message =
    `${connection.path}: another process has held the write lock for 5 s (${who}); nothing was written. ` +
    'End or finish what holds it (a backup, a shell with an open transaction, a stopped process), then try again'
  return new StellwerkError('STORE_BUSY', message, { details: { path: connection.path, stations } })
}

function livingStations(connection: LockedFile): readonly string[] {
  try {
    return connection
      .prepare<[string, number]>(ALIVE)
      .all()
      .map(([host, pid]) => `pid ${pid} on ${host}`)
  } catch {
    return []
  }
}
