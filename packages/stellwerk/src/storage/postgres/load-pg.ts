import { StellwerkError } from '../../domain/errors.ts'

/** The optional peer `pg`, loaded when a PostgreSQL store is first opened. */
export type Pg = typeof import('pg')

/** @throws CONFIG_INVALID when the package is not installed */
export async function loadPg(): Promise<Pg> {
  try {
    return await import('pg')
  } catch (cause) {
    throw new StellwerkError(
      'CONFIG_INVALID',
      'A PostgreSQL store needs the package "pg", which could not be loaded. Install it: npm install pg',
      { cause },
    )
  }
}
