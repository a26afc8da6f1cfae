import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('./', import.meta.url))

/** Installs the packages of this folder as its lock names them, unless they are there; false = npm could not, and its words and ours are printed. */
export function installPeers(): boolean {
  if (isInstalled()) return true
  console.error('installing the peers into bench/peers/node_modules')
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) console.error(`npm ci in bench/peers failed (${status}): the packages come from the npm registry`)
  return status === 0
}

function isInstalled(): boolean {
  const installed = `${folder}node_modules/.package-lock.json`
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}package-lock.json`).mtimeMs
}
