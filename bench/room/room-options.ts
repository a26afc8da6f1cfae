import { parseArgs } from 'node:util'
import { UsageError } from '../bench-options.ts'

/** What the command line asked for. */
export interface RoomOptions {
  /** Address of a store, seeded before. */
  readonly store: string
  readonly schema: string
  /** Requests of each kind that are counted. */
  readonly requests: number
  /** Loads of the overview in a browser that knows nothing of it. */
  readonly visits: number
  readonly json: boolean
}

/** Reads the command line. @throws UsageError for what is unknown or out of range */
export function parseRoomOptions(args: readonly string[]): RoomOptions {
  const { store, schema, requests, visits, json } = parseStrictly(args)
  if (store === undefined || !/^(sqlite:|postgres(ql)?:\/\/)./.test(store))
    throw new UsageError(`--store ${store ?? ''}: give sqlite:<path> or postgres://user@host/database, seeded before`)
  return { store, schema, requests: positive('--requests', requests), visits: positive('--visits', visits), json }
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        store: { type: 'string' },
        schema: { type: 'string', default: 'stellwerk' },
        requests: { type: 'string', default: '200' },
        visits: { type: 'string', default: '10' },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function positive(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`${option} ${text}: give an integer of 1 or more`)
  return value
}
