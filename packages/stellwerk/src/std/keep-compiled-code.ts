import { statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

/**
 * Keeps what compiling yields, V8's code and TypeScript without its types, in a directory of the user's own, never in the shared temporary one: the next process
 * that loads the same files neither compiles them nor loads the compiler. Nothing is kept where the user has no home, where it is somebody else's (what is kept
 * there is run), or where NODE_COMPILE_CACHE says otherwise.
 */
export function keepCompiledCode(): void {
  const { XDG_CACHE_HOME, HOME, NODE_COMPILE_CACHE } = process.env
  const home = XDG_CACHE_HOME || HOME
  if (!home || NODE_COMPILE_CACHE || !isOwn(home)) return
  enableCompileCache(XDG_CACHE_HOME ? `${home}/stellwerk` : `${home}/.cache/stellwerk`)
}

function isOwn(directory: string): boolean {
  try {
    return process.getuid === undefined || statSync(directory).uid === process.getuid()
  } catch {
    return false
  }
}
