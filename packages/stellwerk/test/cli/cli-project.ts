import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const defineJobModule = fileURLToPath(new URL('../../dist/client/define-job.js', import.meta.url))

/** What a command line answered. */
export interface Answer {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command line under way. */
export interface Started {
  readonly child: ChildProcess
  readonly answer: Promise<Answer>
  /** All it has printed until now. */
  readonly stdout: () => string
  /** All it has written to the standard error until now. */
  readonly stderr: () => string
}

/** How a command line is run beside its arguments. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

const handlers = `
  export const greet = defineJob({ name: 'greet', handle: () => ({ hello: true }) })
  export const broken = defineJob({ name: 'broken', tries: 1, handle() { throw new Error('no \\u001b[31mluck') } })
  export const slow = defineJob({ name: 'slow', handle: (_payload, { signal }) => new Promise((_, reject) => {
    const timer = setTimeout(() => {}, 60_000)
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason) })
  }) })
`

/** Where a project keeps its jobs. */
export interface CliPlace {
  readonly store: string
  readonly schema?: string
}

/** A directory of its own with a configuration, a jobs module and, unless another store is named, a SQLite file; command lines run in it as real processes. */
export class CliProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'stellwerk-cli-'))

  constructor(place: CliPlace = { store: 'sqlite:test.db' }) {
    this.write('stellwerk.config.mts', `export default ${JSON.stringify({ ...place, jobs: './jobs.mts' })}`)
    this.writeJobs(handlers)
  }

  /** Writes a file of the project; returns its path. */
  write(name: string, content: string): string {
    const path = join(this.directory, name)
    writeFileSync(path, content)
    return path
  }

  /** Writes the jobs module; `defineJob` is imported already. */
  writeJobs(source: string): string {
    return this.write('jobs.mts', `import { defineJob } from ${JSON.stringify(defineJobModule)}\n${source}`)
  }

  /** Runs one command line to its end. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
    return this.start(args, options).answer
  }

  /** Runs one that must succeed and gives what it printed as JSON. */
  async json(...args: readonly string[]): Promise<unknown> {
    const { exitCode, stdout, stderr } = await this.run([...args, '--json'])
    if (exitCode !== 0) throw new Error(`${args.join(' ')} exited with ${String(exitCode)}: ${stderr}`)
    return JSON.parse(stdout)
  }

  /** The program and its arguments for a command line. */
  commandLine(args: readonly string[]): readonly [string, ...string[]] {
    return [process.execPath, main, ...args]
  }

  /** What a command line of it sees of the environment. */
  environment(): NodeJS.ProcessEnv {
    return cleanEnvironment()
  }

  start(args: readonly string[], { env = {}, input = '' }: RunOptions = {}): Started {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: this.directory,
      env: { ...cleanEnvironment(), ...env },
    })
    child.stdin.end(input)
    return watched(child)
  }

  /** The same as the child of a shell, which is what npx starts; says the process id of the command first. It is the shell that gets signals. */
  startByShell(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Started {
    const command = `"$0" "$@" & echo "pid $!" >&2; wait`
    const child = spawn('sh', ['-c', command, process.execPath, main, ...args], {
      cwd: this.directory,
      env: { ...cleanEnvironment(), ...env },
    })
    return watched(child)
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

function watched(child: ChildProcessWithoutNullStreams): Started {
  let written = ''
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    written += chunk
  })
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const answer = exit.then((exitCode) => ({ exitCode, stdout: printed, stderr: written }))
  return { child, answer, stdout: () => printed, stderr: () => written }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('STELLWERK_') && name !== 'NODE_ENV' && name !== 'NODE_OPTIONS',
  )
  // What is tried here are the commands: a process more for each would only cost time.
  return { ...Object.fromEntries(own), STELLWERK_EXECUTOR: 'inline' }
}
