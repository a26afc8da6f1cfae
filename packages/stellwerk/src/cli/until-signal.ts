/** Ways to ask a command that goes on by itself to end. A parent that goes away counts as TERM. */
const ending = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const

/** Resolves once a signal asks this process to end; a second INT ends it at once, as nobody catches it any more. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = (): void => {
      for (const signal of ending) process.off(signal, onSignal)
      process.off('disconnect', onSignal)
      resolve()
    }
    for (const signal of ending) process.on(signal, onSignal)
    process.on('disconnect', onSignal)
  })
}
