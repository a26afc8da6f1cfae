import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stellwerk } from '../client/stellwerk.ts'
import { createToken } from '../operations/create-token.ts'
import { listTokens } from '../operations/list-tokens.ts'

/** What became of the first token: shown here, kept in a file that its owner alone reads, or not made since that file cannot be. */
export type FirstToken =
  | { readonly kind: 'shown'; readonly token: string }
  | { readonly kind: 'kept'; readonly file: string }
  | { readonly kind: 'none'; readonly folder: string; readonly reason: string }

/** Where the first token goes. */
export interface FirstTokenPlace {
  /** Somebody reads what is printed, and nothing else does. */
  readonly isTerminal: boolean
  /** Folder of the file. */
  readonly stateDir: string
}

/**
 * A token of an admin where there never was one, else null. What is printed without a terminal lands in a log, which others read: the token goes into a file with
 * mode 0600 then, and where none can be written there, no token is made.
 */
export async function makeFirstToken(stellwerk: Stellwerk, place: FirstTokenPlace): Promise<FirstToken | null> {
  const deps = stellwerk.deps()
  if ((await listTokens(deps)).length > 0) return null
  const make = async (): Promise<string> => (await createToken(deps, { name: 'first', role: 'admin' })).text
  if (place.isTerminal) return { kind: 'shown', token: await make() }
  return await keepToken(place.stateDir, make)
}

/** The file is there before the token is: one that nobody could read would count as the first. */
async function keepToken(folder: string, make: () => Promise<string>): Promise<FirstToken> {
  const file = join(folder, 'first-token')
  try {
    await mkdir(folder, { recursive: true })
    // Of an earlier store; whoever reads it now must not read the new one through it.
    await rm(file, { force: true })
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(`${await make()}\n`)
    } finally {
      await handle.close()
    }
    return { kind: 'kept', file }
  } catch (error) {
    const reason = fileFault(error)
    if (reason === null) throw error
    return { kind: 'none', folder, reason }
  }
}

/** What the file system says, null where it was something else. */
function fileFault(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^E[A-Z]+$/.test(code) ? code : null
}
