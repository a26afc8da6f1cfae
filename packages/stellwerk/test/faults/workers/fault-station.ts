import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { WorkOptions } from '../../../src/client/work-options.ts'
import { sleep } from '../../../src/std/sleep.ts'
import type { LiveDatabase } from '../live-database.ts'
import type { StationArguments } from './station-main.ts'

const main = fileURLToPath(new URL('./station-main.ts', import.meta.url))

/** What a station counted until it stopped by itself. */
export interface StationCounts {
  readonly completed: number
  readonly refused: number
  readonly returned: number
  readonly crashed: number
}

/** A station with worker processes in a process of its own, to be struck. */
export class FaultStation {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  #output = ''

  /** Tests side by side pass `atEnd` of their own context. */
  constructor(database: LiveDatabase, options: WorkOptions, atEnd: typeof onTestFinished = onTestFinished) {
    const told: StationArguments = {
      address: database.address,
      options: { stateDir: join(database.folder, 'state'), lease: 1_000, ...options },
    }
    this.child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, JSON.stringify(told)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text
    })
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code) => resolve(code))
    })
    atEnd(async () => {
      this.child.kill('SIGCONT')
      this.child.kill('SIGKILL')
      await this.exited
    })
  }

  /** Resolves when it claims. */
  async ready(): Promise<void> {
    await until(() => this.#output.includes('ready') || this.child.exitCode !== null, 'the station is ready')
    if (this.child.exitCode !== null) throw new Error(`the station ended with ${this.child.exitCode}: ${this.#output}`)
  }

  /** What it counted; only after it has stopped by itself. */
  counts(): StationCounts {
    const [, text = ''] = /counts (.*)/.exec(this.#output) ?? []
    return JSON.parse(text) as StationCounts
  }

  /** Process ids of its workers and its guard. */
  children(): readonly number[] {
    return childrenOf(Number(this.child.pid))
  }

  /** Process ids of its workers. */
  workers(): readonly number[] {
    return this.children().filter((pid) => commandOf(pid).includes('worker-main'))
  }
}

/** Waits for a condition. @throws after a minute, or after `limitMs` */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 60_000,
): Promise<void> {
  const endMs = performance.now() + limitMs
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`not within ${limitMs / 1_000} s: ${what}`)
    await sleep(20)
  }
}

/** Whether a process is there, and more than a zombie. */
export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readSafely(`/proc/${pid}/stat`))
}

/** What handlers told: starts and ends by job. */
export function readSink(
  path: string,
): readonly { readonly verb: string; readonly id: number; readonly fence: number; readonly pid: number }[] {
  return readSafely(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [verb = '', id, fence, pid] = line.split(' ')
      return { verb, id: Number(id), fence: Number(fence), pid: Number(pid) }
    })
}

function childrenOf(pid: number): readonly number[] {
  if (existsSync('/proc/self/stat'))
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((child) => Number(readSafely(`/proc/${child}/stat`).split(') ').at(-1)?.split(' ')[1]) === pid)
  return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
    .map(Number)
}

function commandOf(pid: number): string {
  return readSafely(`/proc/${pid}/cmdline`)
}

function readSafely(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
