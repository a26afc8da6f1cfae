import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Builds the room unless it is built from the sources as they are. @throws with what the build said. */
export function buildRoom(): void {
  const build = spawnSync(process.execPath, ['scripts/build-control-room.ts'], { cwd: ROOT, encoding: 'utf8' })
  if (build.status !== 0) throw new Error(`the control room cannot be built:\n${build.stdout}${build.stderr}`)
}
