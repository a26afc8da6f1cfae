import { showValue } from '../../std/show-value.ts'

/** Frames of the stack that are kept where exceptions are not written in detail. */
const fewFrames = 3
/** Causes that are followed. */
const mostCauses = 8

/**
 * An error as text: in detail its whole stack and those of its causes, else its message, the messages of its causes and the first three frames. Never throws.
 */
export function describeError(error: Error, isDetailed: boolean): string {
  try {
    return chainOf(error)
      .map(
        (link, index) =>
          `${index === 0 ? '' : 'caused by '}${describeOne(link, isDetailed ? null : index === 0 ? fewFrames : 0)}`,
      )
      .join('\n')
  } catch {
    return 'an error that cannot be read'
  }
}

function chainOf(error: Error): readonly unknown[] {
  const chain: unknown[] = [error]
  for (let link = error.cause; link !== undefined && !chain.includes(link) && chain.length <= mostCauses; ) {
    chain.push(link)
    link = link instanceof Error ? link.cause : undefined
  }
  return chain
}

/** `frames` null = the stack as it is. */
function describeOne(link: unknown, frames: number | null): string {
  if (!(link instanceof Error)) return showValue(link)
  const code = 'code' in link && typeof link.code === 'string' ? ` [${link.code}]` : ''
  const heading = `${String(link.name)}: ${String(link.message)}${code}`
  const stack = typeof link.stack === 'string' ? link.stack : ''
  if (frames === null) return stack === '' ? heading : stack
  const kept = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, frames)
  return [heading, ...kept].join('\n')
}
