import { statSync } from 'node:fs'
import type { AnyJobDefinition } from '../../client/job-definition.ts'
import { StellwerkError } from '../../domain/errors.ts'
import { type Loader, loadModule } from './load-module.ts'

/**
 * The job definitions that modules export: by themselves, in lists, or in objects, one level deep. No definition twice.
 * @throws JOBS_NOT_LOADED naming the module: it is missing, fails, or exports no definition
 */
export async function loadJobs(paths: readonly string[], loader: Loader): Promise<readonly AnyJobDefinition[]> {
  const found = new Set<AnyJobDefinition>()
  for (const path of paths) {
    checkPath(path)
    const exported = await loadModule(path, { loader, code: 'JOBS_NOT_LOADED' })
    const definitions = Object.values(exported).flatMap(definitionsIn)
    if (definitions.length === 0)
      throw new StellwerkError(
        'JOBS_NOT_LOADED',
        `${path} exports no job; write 'export const myJob = defineJob({ ... })'`,
      )
    for (const definition of definitions) found.add(definition)
  }
  return [...found]
}

function checkPath(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() === true)
    throw new StellwerkError('JOBS_NOT_LOADED', `${path} is a folder; name each of its modules in 'jobs'`)
  if (found !== undefined) return
  const remedy = /[*{]/.test(path)
    ? "patterns are not expanded: name each module in 'jobs'"
    : "correct 'jobs' in the configuration, or run 'stellwerk init' to write an example"
  throw new StellwerkError('JOBS_NOT_LOADED', `${path} does not exist; ${remedy}`)
}

function definitionsIn(value: unknown): readonly AnyJobDefinition[] {
  if (isDefinition(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isDefinition) : []
}

/** By shape: the module may have been loaded with another copy of the package. */
function isDefinition(value: unknown): value is AnyJobDefinition {
  if (typeof value !== 'object' || value === null) return false
  const candidate = value as Partial<AnyJobDefinition>
  return (
    typeof candidate.name === 'string' &&
    typeof candidate.version === 'number' &&
    typeof candidate.with === 'function' &&
    typeof candidate.defaults === 'object' &&
    candidate.handle !== undefined
  )
}
