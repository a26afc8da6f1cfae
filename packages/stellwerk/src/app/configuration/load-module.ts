import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { StellwerkError } from '../../domain/errors.ts'
import { describeLoadFailure, isUnsupportedSyntax } from './describe-load-failure.ts'

/** How TypeScript is loaded. */
export type Loader = 'native' | 'tsx'

/** What loadModule needs beside the path: the code its errors carry. */
export interface ModuleRequest {
  readonly loader: Loader
  readonly code: 'CONFIG_NOT_LOADED' | 'JOBS_NOT_LOADED'
}

/** Registered once for the process: every later import goes through it. */
let tsxRegistered = false

/**
 * The exports of a user's module. Syntax that Node cannot strip is tried again through tsx where that is installed.
 * @throws the request's code, in one line that names the file, the cause and the remedy
 */
export async function loadModule(path: string, request: ModuleRequest): Promise<Readonly<Record<string, unknown>>> {
  if (request.loader === 'tsx' && !(await registerTsx(path))) {
    throw new StellwerkError(
      request.code,
      `${path}: loader 'tsx' is chosen and the package tsx is not installed; run 'npm install --save-dev tsx'`,
    )
  }
  try {
    return await importFile(path)
  } catch (error) {
    if (isUnsupportedSyntax(error) && !tsxRegistered && (await registerTsx(path))) return importAgain(path, request)
    throw new StellwerkError(request.code, describeLoadFailure(path, error), { cause: error })
  }
}

async function importAgain(path: string, request: ModuleRequest): Promise<Readonly<Record<string, unknown>>> {
  try {
    // The failed load is remembered under the plain address.
    return (await import(`${pathToFileURL(path).href}?loader=tsx`)) as Readonly<Record<string, unknown>>
  } catch (error) {
    throw new StellwerkError(request.code, describeLoadFailure(path, error), { cause: error })
  }
}

async function importFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
}

async function registerTsx(fromPath: string): Promise<boolean> {
  if (tsxRegistered) return true
  let location: string
  try {
    location = createRequire(fromPath).resolve('tsx/esm/api')
  } catch {
    return false
  }
  const { register } = (await import(pathToFileURL(location).href)) as { register: () => unknown }
  register()
  tsxRegistered = true
  return true
}
