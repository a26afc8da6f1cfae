import { fileURLToPath } from 'node:url'

/** Whether Node refused syntax that is more than types (enum, namespace, parameter property). */
export function isUnsupportedSyntax(error: unknown): boolean {
  return codeOf(error) === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'
}

/** One line about a module that did not load: where, why, and the remedy. */
export function describeLoadFailure(path: string, error: unknown): string {
  const message = firstLine(
    error instanceof Error
      ? error.message
      : `it threw ${typeof error === 'string' ? `'${error}'` : String(typeof error)}`,
  )
  const code = codeOf(error)
  if (isUnsupportedSyntax(error)) {
    return `${placeOf(error) ?? path}: ${message}; use erasable syntax only, or run 'npm install --save-dev tsx' and set STELLWERK_LOADER=tsx`
  }
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNSUPPORTED_DIR_IMPORT') return missingModule(path, message)
  if (message.includes('outside a module') || message.startsWith("Unexpected token 'export'")) {
    return `${placeOf(error) ?? path}: it is read as CommonJS; add "type": "module" to package.json, or rename the file to end with .mts`
  }
  if (error instanceof SyntaxError) return `${placeOf(error) ?? path}: syntax error: ${message}; correct it`
  return `${path} did not load: ${message}${thrownAt(error)}`
}

function missingModule(path: string, message: string): string {
  const missingPackage = /^Cannot find package '([^']+)' imported from (.+)$/.exec(message)
  if (missingPackage !== null)
    return `${missingPackage[2]}: the package '${missingPackage[1]}' is not installed; run 'npm install ${missingPackage[1]}'`
  const [, missing, importer] = /^Cannot find module '([^']+)' imported from (.+)$/.exec(message) ?? []
  if (missing === undefined || importer === undefined) return `${path} did not load: ${message}`
  // The file itself is missing where Node names one of ours as the importer.
  if (missing === path) return `${path} does not exist; correct the path in the configuration`
  const ending = /\.[cm]?[jt]sx?$/.test(missing)
    ? 'correct the path'
    : "write the path with its ending, such as './email.ts', or set STELLWERK_LOADER=tsx"
  return `${importer}: there is no module ${missing}; ${ending}`
}

/** `file:line` of a syntax error: V8 puts it on the stack's first line. */
function placeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const [, file, line] =
    /^((?:file:\/\/)?\/.+|(?:file:\/\/\/)?[A-Za-z]:[\\/].+):(\d+)$/.exec(firstLine(error.stack ?? '')) ?? []
  if (file === undefined) return null
  return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}`
}

function thrownAt(error: unknown): string {
  const frame = error instanceof Error ? /\(?(file:\/\/[^\s()]+?):(\d+):\d+\)?/.exec(error.stack ?? '') : null
  return frame?.[1] === undefined ? '' : ` (${fileURLToPath(frame[1])}:${frame[2]})`
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
