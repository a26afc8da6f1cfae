import { useFormat } from '../../i18n/messages-context.tsx'
import { type JobWords, useJobWords } from '../../panels/job-words/job-words.ts'
import { Moment } from '../../ui/moment.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { type TimelineEvent, type TimelineSource, timelineEvents } from './job-timeline.ts'

/** Everything that happened to a job, with the time that passed between. */
export function TimelineView({ job }: { readonly job: TimelineSource }) {
  const words = useJobWords()
  const format = useFormat()
  const events = timelineEvents(job)
  return (
    <ol className="timeline">
      {events.map((event, index) => {
        const before = events[index - 1]
        return (
          <li key={`${event.kind} ${event.atMs}`} className={toneOf(event)}>
            <span>{eventText(event, words.timeline.event)}</span>
            <span className="muted small">
              <Moment at={new Date(event.atMs).toISOString()} />
              {before === undefined ? null : ` · ${words.timeline.after(format.duration(event.atMs - before.atMs))}`}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function eventText(event: TimelineEvent, words: JobWords['timeline']['event']): string {
  if (event.kind === 'started') return words.started(event.attempt)
  if (event.kind === 'attempt_failed') return words.attempt_failed(event.attempt, visibleText(event.errorClass))
  return words[event.kind]
}

function toneOf({ kind }: TimelineEvent): string {
  const tones = {
    created: 'tone-cancelled',
    due: 'tone-scheduled',
    claimed: 'tone-cancelled',
    started: 'tone-processing',
    attempt_failed: 'tone-failed',
    completed: 'tone-completed',
    cancelled: 'tone-cancelled',
  }
  return tones[kind]
}
