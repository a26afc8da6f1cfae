import type { RunningStation } from '../client/work-options.ts'
import type { Log } from '../std/log.ts'

/** Signals that stop a station. */
const stopping = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const

/** A signal that stops a station. */
export type StopSignal = (typeof stopping)[number] | 'SIGUSR2'

/** Listens until `release`. */
export interface SignalWatch {
  /** The first signal that came, null while none has. */
  readonly asked: () => StopSignal | null
  readonly release: () => void
}

/**
 * Stops `station` when a signal asks: the first one waits the grace, a second INT does not wait; both give back what has not ended.
 * A parent that goes away counts as TERM. USR2 restarts the workers, or where there are none stops the station; TSTP pauses it, CONT lets it go on.
 */
export function stopOnSignals(
  station: RunningStation,
  { graceMs, log }: { readonly graceMs: number; readonly log: Log },
): SignalWatch {
  let first: StopSignal | null = null
  let hurry: NodeJS.Timeout | undefined
  const onSignal = (signal: StopSignal): void => {
    if (first === null) {
      first = signal
      log.info('stopping', { signal, station: station.id })
      void station.stop()
      hurry = setTimeout(() => void station.stop({ now: true }), graceMs)
    } else if (signal === 'SIGINT') {
      log.info('stopping now; running jobs go back to their queues', { station: station.id })
      void station.stop({ now: true })
    }
  }
  const onRestart = (): void => {
    void station.tell('restart').then((isDone) => {
      if (isDone) log.info('the workers are restarted', { station: station.id })
      else onSignal('SIGUSR2')
    })
  }
  const onPause = (): void => void station.tell('pause')
  const onResume = (): void => void station.tell('resume')
  const others = [
    ['SIGUSR2', onRestart],
    ['SIGTSTP', onPause],
    ['SIGCONT', onResume],
  ] as const
  const onOrphaned = (): void => onSignal('SIGTERM')
  for (const signal of stopping) process.on(signal, onSignal)
  for (const [signal, act] of others) process.on(signal, act)
  process.on('disconnect', onOrphaned)
  return {
    asked: () => first,
    release: () => {
      clearTimeout(hurry)
      for (const signal of stopping) process.off(signal, onSignal)
      for (const [signal, act] of others) process.off(signal, act)
      process.off('disconnect', onOrphaned)
    },
  }
}
