/** A line of a stack. */
export interface StackFrame {
  readonly text: string
  /** Neither of Node nor of an installed package. */
  readonly isOwn: boolean
}

/** The frames of a stack as thrown, without the lines of the message above them; empty for no stack. */
export function framesOf(stack: string | null): readonly StackFrame[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => ({ text: line.trim(), isOwn: !/node:|[/\\]node_modules[/\\]/.test(line) }))
}

/** The first `count` frames of one's own code; the first ones where none is. */
export function foldFrames(frames: readonly StackFrame[], count: number): readonly StackFrame[] {
  const own = frames.filter((frame) => frame.isOwn)
  return (own.length > 0 ? own : frames).slice(0, count)
}
