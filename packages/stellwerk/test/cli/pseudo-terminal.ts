import { spawn, spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import type { CliProject } from './cli-project.ts'

/** Runs the rest of its arguments on a terminal of 80 x 24 of its own; SIGUSR1 makes that 100 x 30. At the end it tells how the program ended, and whether the terminal is as it was. */
const relay = `
import fcntl, json, os, pty, select, signal, struct, sys, termios
pid, fd = pty.fork()
def resize(rows, columns, of):
    fcntl.ioctl(of, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
if pid == 0:
    resize(24, 80, 0)
    os.environ['TERM'] = 'xterm-256color'
    os.execv(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGUSR1, lambda *_: resize(30, 100, fd))
before = termios.tcgetattr(fd)
keys = [0]
after = before
while True:
    ready, _, _ = select.select([fd, *keys], [], [], 0.1)
    if fd in ready:
        try:
            printed = os.read(fd, 65536)
        except OSError:
            break
        if not printed:
            break
        os.write(1, printed)
    if 0 in ready:
        typed = os.read(0, 1024)
        if typed:
            os.write(fd, typed)
        else:
            keys = []
    after = termios.tcgetattr(fd)
_, status = os.waitpid(pid, 0)
os.write(2, json.dumps({'exitCode': os.waitstatus_to_exitcode(status), 'restored': after == before}).encode())
`

/** Whether this machine can open pseudo-terminals for tests. */
export const hasPseudoTerminal = spawnSync('python3', ['-c', 'import pty, termios']).status === 0

/** How a program on a pseudo-terminal ended. */
export interface TerminalEnd {
  readonly exitCode: number
  /** The terminal echoes and waits for lines as before. */
  readonly restored: boolean
}

/** A command line of a project on a real pseudo-terminal. */
export class PseudoTerminal {
  readonly ended: Promise<TerminalEnd>
  readonly #child
  #printed = ''

  constructor(project: CliProject, args: readonly string[]) {
    const [program, ...rest] = project.commandLine(args)
    this.#child = spawn('python3', ['-c', relay, program, ...rest], {
      cwd: project.directory,
      env: project.environment(),
    })
    let told = ''
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text
    })
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text
    })
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve(JSON.parse(told || '{}') as TerminalEnd))
    })
  }

  /** All that was printed, escape sequences included. */
  get printed(): string {
    return this.#printed
  }

  type(keys: string): void {
    this.#child.stdin.write(keys)
  }

  /** From now on it has 100 columns and 30 lines. */
  enlarge(): void {
    this.#child.kill('SIGUSR1')
  }

  /** The newest picture: what stands in each line, from the cursor's last way home on. Every line has to fit: nothing wraps. */
  picture(): readonly string[] {
    const from = this.#printed.lastIndexOf('\u001b[H')
    const whole = this.#printed.slice(from + 3)
    // The terminal itself returns the carriage too.
    return whole.split(/\r+\n/).map((line) => stripVTControlCharacters(line))
  }

  abort(): void {
    this.#child.kill('SIGKILL')
  }
}
