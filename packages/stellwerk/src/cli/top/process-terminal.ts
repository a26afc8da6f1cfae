import type { TopTerminal } from './run-top.ts'

/** What a terminal sends at once may be several keys: sequences of the arrows and single characters. */
const keys = new RegExp(`${String.fromCharCode(27)}\\[[A-Z]|[\\s\\S]`, 'gu')

/** The terminal of this process; keys come raw while somebody listens. */
export function processTerminal(): TopTerminal {
  const { stdin, stdout } = process
  return {
    onKey: (listener) => {
      const onData = (chunk: string): void => {
        for (const [key] of chunk.matchAll(keys)) listener(key)
      }
      stdin.setRawMode(true)
      stdin.setEncoding('utf8')
      stdin.on('data', onData)
      stdin.resume()
      return () => {
        stdin.off('data', onData)
        stdin.setRawMode(false)
        stdin.pause()
      }
    },
    onResize: (listener) => {
      stdout.on('resize', listener)
      return () => void stdout.off('resize', listener)
    },
    size: () => ({ width: stdout.columns ?? 80, height: stdout.rows ?? 24 }),
    write: (text) => void stdout.write(text),
  }
}
