/** The first `count` frames of a stack that are neither of Node nor of an installed package; the first ones where none is. */
export function ownFrames(stack: string | null, count: number): readonly string[] {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const own = frames.filter((frame) => !/node:|[/\\]node_modules[/\\]/.test(frame))
  return (own.length > 0 ? own : frames).slice(0, count).map((frame) => frame.trim())
}
