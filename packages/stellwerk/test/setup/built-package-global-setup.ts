import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the package where a source is newer than what was built: command lines, mounts and pages are tested as they are shipped. */
export default function setup(): void {
  const root = fileURLToPath(new URL('../../../..', import.meta.url))
  execFileSync(process.execPath, ['scripts/build-when-stale.ts'], { cwd: root, stdio: 'inherit' })
}
