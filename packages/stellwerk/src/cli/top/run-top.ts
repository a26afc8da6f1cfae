import { listWorkers } from '../../operations/list-workers.ts'
import type { OperationDeps } from '../../operations/operation-deps.ts'
import type { OverviewMemory } from '../../operations/overview-memory.ts'
import { readOverview } from '../../operations/read-overview.ts'
import { Pause } from '../../std/pause.ts'
import { actOnTop } from './act-on-top.ts'
import { pressKey } from './press-key.ts'
import { type Frame, renderTop } from './render-top.ts'
import { firstView, type TopReading, type TopView } from './top-view.ts'

/** A terminal, as far as it is needed. */
export interface TopTerminal {
  /** Calls with each key as it is sent, until the returned function is called. */
  onKey(listener: (key: string) => void): () => void
  onResize(listener: () => void): () => void
  size(): Pick<Frame, 'width' | 'height'>
  write(text: string): void
}

/** What the view needs. */
export interface TopParts {
  readonly deps: OperationDeps
  readonly memory: OverviewMemory
  readonly terminal: TopTerminal
  readonly paint: Frame['paint']
  readonly everyMs: number
  /** Ends it like `q`. */
  readonly signal: AbortSignal
}

const enter = '\u001b[?1049h\u001b[?25l'
const leave = '\u001b[?25h\u001b[?1049l'

/** All that is shown of one moment. @throws what the store throws */
export async function readTop(deps: OperationDeps, memory: OverviewMemory): Promise<TopReading> {
  const [overview, workers] = await Promise.all([readOverview(deps, memory), listWorkers(deps)])
  return { overview, workers }
}

/** Shows and steers until somebody quits. The terminal is as before when it resolves, or rejects because the very first reading failed. */
export async function runTop({ deps, memory, terminal, paint, everyMs, signal }: TopParts): Promise<void> {
  let reading = await readTop(deps, memory)
  let view: TopView = firstView
  let isOver = signal.aborted
  const pause = new Pause()
  const draw = (): void => {
    const lines = renderTop(reading, view, { ...terminal.size(), paint })
    terminal.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}`)
  }
  const end = (): void => {
    isOver = true
    pause.cut()
  }
  const onKey = (key: string): void => {
    const pressed = pressKey(key, view, reading)
    view = pressed.view
    if (pressed.quits === true) end()
    if (pressed.action !== undefined) void act(pressed.action)
    draw()
  }
  const act = async (action: Parameters<typeof actOnTop>[1]): Promise<void> => {
    view = { ...view, said: await actOnTop(deps, action) }
    pause.cut()
  }
  terminal.write(enter)
  const unlisten = [terminal.onKey(onKey), terminal.onResize(draw)]
  signal.addEventListener('abort', end)
  try {
    while (!isOver) {
      draw()
      pause.arm()
      await pause.wait(everyMs)
      if (!isOver && !view.isFrozen) reading = await readOr(reading)
    }
  } finally {
    for (const stop of unlisten) stop()
    signal.removeEventListener('abort', end)
    terminal.write(leave)
  }

  /** A store that is away leaves the last picture, and says so. */
  async function readOr(last: TopReading): Promise<TopReading> {
    try {
      return await readTop(deps, memory)
    } catch (error) {
      view = { ...view, said: `not read since: ${error instanceof Error ? error.message : String(error)}` }
      return last
    }
  }
}
