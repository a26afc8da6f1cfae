import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import { type TimelineSource, type TimelineStretch, timelineStretches } from './job-timeline.ts'

const box = { width: 1_000, height: 16 }
/** A stretch that is too short to be seen is drawn this wide. */
const leastWidth = 3

/** The life of a job as one strip: waiting, running, pausing; what runs grows. */
export function Waterfall({ job }: { readonly job: TimelineSource }) {
  const { job: words } = useMessages()
  const now = useNow(1_000)
  const stretches = timelineStretches(job, now)
  const [first] = stretches
  const last = stretches.at(-1)
  if (first === undefined || last === undefined) return null
  const scale = box.width / Math.max(1, last.toMs - first.fromMs)
  return (
    <figure className="waterfall">
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.timeline.figure}
      >
        {stretches.map((stretch) => (
          <Stretch
            key={`${stretch.kind} ${stretch.fromMs}`}
            stretch={stretch}
            x={(stretch.fromMs - first.fromMs) * scale}
            scale={scale}
          />
        ))}
      </svg>
      <figcaption>
        {stretches.map((stretch) => (
          <StretchWords key={`${stretch.kind} ${stretch.fromMs}`} stretch={stretch} />
        ))}
      </figcaption>
    </figure>
  )
}

interface StretchProps {
  readonly stretch: TimelineStretch
  readonly x: number
  readonly scale: number
}

function Stretch({ stretch, x, scale }: StretchProps) {
  const text = useStretchText(stretch)
  const width = Math.max(leastWidth, (stretch.toMs - stretch.fromMs) * scale)
  const isThin = stretch.kind !== 'running'
  return (
    <rect
      className={`stretch ${toneOf(stretch)}`}
      data-kind={stretch.kind}
      x={Math.min(x, box.width - width)}
      width={width}
      y={isThin ? 6 : 0}
      height={isThin ? 4 : box.height}
    >
      <title>{text}</title>
    </rect>
  )
}

function StretchWords({ stretch }: { readonly stretch: TimelineStretch }) {
  const text = useStretchText(stretch)
  return (
    <span className={`small ${toneOf(stretch)}`}>
      <i data-kind={stretch.kind} />
      {text}
    </span>
  )
}

function useStretchText({ kind, failed, fromMs, toMs }: TimelineStretch): string {
  const { job } = useMessages()
  const format = useFormat()
  return `${failed ? job.timeline.ranFailed : job.timeline.stretch[kind]} ${format.duration(toMs - fromMs)}`
}

function toneOf({ kind, failed }: TimelineStretch): string {
  if (failed) return 'tone-failed'
  const tones = {
    running: 'tone-processing',
    waiting: 'tone-pending',
    pause: 'tone-retrying',
    delayed: 'tone-scheduled',
  }
  return tones[kind]
}
