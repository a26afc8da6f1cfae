import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Stellwerk } from 'stellwerk'
import type { DispatchCount } from './dispatch-packages.ts'
import { checkManifest } from './jobs.ts'

const patienceMs = 10_000

/**
 * A package that is being installed just now: its manifest ends in the middle, so the first attempt to check it fails. It is written
 * to its end once that has happened, and the retry succeeds. Resolves then.
 */
export async function dispatchHalfWritten(stellwerk: Stellwerk, folder: string, count: DispatchCount): Promise<void> {
  const root = join(folder, 'half-written')
  const path = join(root, 'package-to-be')
  const manifest = JSON.stringify({ name: 'package-to-be', version: '1.0.0', description: 'whole in the end' })
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'package.json'), manifest.slice(0, manifest.length / 2))
  const { id } = await stellwerk.dispatch(checkManifest, { root, package: 'package-to-be' })
  count.packages++
  count.jobs++
  await untilFirstFailure(stellwerk, id)
  await writeFile(join(path, 'package.json'), manifest)
}

async function untilFirstFailure(stellwerk: Stellwerk, id: number): Promise<void> {
  const start = performance.now()
  while (performance.now() - start < patienceMs) {
    if ((await stellwerk.job(id)).failures > 0) return
    await pause(20)
  }
}
