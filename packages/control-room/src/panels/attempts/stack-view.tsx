import { useState } from 'react'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { useJobWords } from '../job-words/job-words.ts'
import { foldFrames, framesOf } from './fold-stack.ts'

const framesShown = 3

/** The stack of an error: the first frames of one's own code, all of them on demand. */
export function StackView({ stack }: { readonly stack: string | null }) {
  const job = useJobWords()
  const [isWhole, setWhole] = useState(false)
  const frames = framesOf(stack)
  const few = foldFrames(frames, framesShown)
  if (frames.length === 0) return <p className="small muted">{job.error.noStack}</p>
  const hidden = frames.length - few.length
  return (
    <div className="stack">
      <ScrollBox label={job.error.stack}>
        {(isWhole ? frames : few).map((frame, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frame is its place
          <span key={index} data-own={frame.isOwn || undefined}>
            {visibleText(frame.text)}
            {'\n'}
          </span>
        ))}
      </ScrollBox>
      {hidden === 0 ? null : (
        <button type="button" className="link small" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? job.error.fewFrames : job.error.allFrames(hidden)}
        </button>
      )}
    </div>
  )
}
