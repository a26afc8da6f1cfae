import { useFormat } from '../../i18n/messages-context.tsx'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { useNow } from '../../ui/clock.ts'
import {
  type StretchKind,
  stretchSums,
  type TimelineSource,
  type TimelineStretch,
  timelineStretches,
} from './job-timeline.ts'

const box = { width: 1_000, height: 16 }
/** A stretch that is too short to be seen is drawn this wide. */
const leastWidth = 3

const tones: Readonly<Record<StretchKind, string>> = {
  running: 'tone-processing',
  failed: 'tone-failed',
  waiting: 'tone-pending',
  pause: 'tone-retrying',
  delayed: 'tone-scheduled',
}

/** The life of a job as one strip: waiting, running, pausing; what runs grows. Below it how long it did each. */
export function Waterfall({ job }: { readonly job: TimelineSource }) {
  const words = useJobWords()
  const now = useNow(1_000)
  const stretches = timelineStretches(job, now)
  const [first] = stretches
  const last = stretches.at(-1)
  if (first === undefined || last === undefined) return null
  const goesOn = job.finishedAt === null
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
            goesOn={goesOn}
            x={(stretch.fromMs - first.fromMs) * scale}
            scale={scale}
          />
        ))}
      </svg>
      <figcaption className="small">
        {stretchSums(stretches).map(([kind, ms]) => (
          <span key={kind} className={tones[kind]}>
            <i data-kind={kind} />
            <Words kind={kind} ms={ms} goesOn={goesOn} />
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

interface StretchProps {
  readonly stretch: TimelineStretch
  /** What runs has not ended. */
  readonly goesOn: boolean
  readonly x: number
  readonly scale: number
}

function Stretch({ stretch, goesOn, x, scale }: StretchProps) {
  const { kind, fromMs, toMs } = stretch
  const width = Math.max(leastWidth, (toMs - fromMs) * scale)
  const isThick = kind === 'running' || kind === 'failed'
  return (
    <rect
      className={`stretch ${tones[kind]}`}
      data-kind={kind}
      x={Math.min(x, box.width - width)}
      width={width}
      y={isThick ? 0 : 6}
      height={isThick ? box.height : 4}
    >
      <title>
        <Words kind={kind} ms={toMs - fromMs} goesOn={goesOn} />
      </title>
    </rect>
  )
}

interface WordsProps {
  readonly kind: StretchKind
  readonly ms: number
  readonly goesOn: boolean
}

function Words({ kind, ms, goesOn }: WordsProps) {
  const { timeline } = useJobWords()
  return `${goesOn && kind === 'running' ? timeline.goesOn : timeline.stretch[kind]} ${useFormat().duration(ms)}`
}
