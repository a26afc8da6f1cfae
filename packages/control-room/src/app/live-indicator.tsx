import { useApi } from '../api/api-context.tsx'
import type { LiveMode } from '../api/live/live-state.ts'
import { useLiveMode } from '../api/live/use-live-mode.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import type { Tone } from '../ui/tone.ts'
import './live-indicator.css'
import { StaleSpan } from './stale-span.tsx'

const tones: Readonly<Record<LiveMode, Tone>> = {
  connecting: 'cancelled',
  live: 'completed',
  polling: 'pending',
  paused: 'cancelled',
  stale: 'lost',
}

/** How figures arrive, in a word; pressing it pauses and resumes. */
export function LiveIndicator() {
  const { live } = useApi()
  const { shell } = useMessages()
  const mode = useLiveMode()
  const action = mode === 'paused' ? shell.live.resume : shell.live.pause
  return (
    <button
      type="button"
      className={`live tone-${tones[mode]}`}
      data-mode={mode}
      title={`${shell.live.explained[mode]} ${action}.`}
      aria-pressed={mode === 'paused'}
      onClick={() => live.setPaused(mode !== 'paused')}
    >
      <span className="live-dot" />
      <span className="live-word">{mode === 'stale' ? <StaleSpan /> : shell.live[mode]}</span>
    </button>
  )
}
