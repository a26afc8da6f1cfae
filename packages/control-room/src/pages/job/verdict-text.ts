import type { Formatters } from '../../i18n/formatters.ts'
import type { JobWords } from '../../panels/job-words/job-words.ts'
import type { JobVerdict } from './job-verdict.ts'

type Words = JobWords['verdict']
type Writers = {
  readonly [Kind in JobVerdict['kind']]: (
    verdict: Extract<JobVerdict, { kind: Kind }>,
    words: Words,
    format: Formatters,
  ) => string
}

/** Spans count on by seconds: a sentence that changes more often cannot be read. */
const whole = (ms: number): number => Math.floor(ms / 1_000) * 1_000

const writers: Writers = {
  scheduled: ({ inMs }, words, format) =>
    inMs < 1_000 ? words.scheduledNow : words.scheduled(format.duration(whole(inMs))),
  waiting: ({ forMs }, words, format) => words.waiting(format.duration(whole(forMs))),
  blocked: ({ forMs }, words, format) => words.blocked(format.duration(whole(forMs))),
  running: ({ forMs, attempt, tries }, words, format) =>
    words.running(format.duration(whole(forMs)), words.of(attempt, tries)),
  retrying: ({ inMs, failures, tries }, words, format) =>
    inMs < 1_000
      ? words.retryingNow(words.of(failures, tries))
      : words.retrying(words.of(failures, tries), format.duration(whole(inMs))),
  completed: ({ runMs, attempt }, words, format) => {
    if (runMs === null) return words.completedUnknown
    return attempt > 1 ? words.completedAt(format.duration(runMs), attempt) : words.completed(format.duration(runMs))
  },
  failed: ({ failures, tries }, words) => words.failed(failures, tries),
  given_up: ({ attempt, tries }, words) => words.givenUp(attempt, tries),
  crashed: ({ crashes }, words) => words.givenUpCrashed(crashes),
  cancelled: ({ agoMs }, words, format) =>
    agoMs === null ? words.cancelledUnknown : words.cancelled(format.duration(whole(agoMs))),
}

/** A verdict as one sentence in the language of the moment. */
export function verdictText(verdict: JobVerdict, words: Words, format: Formatters): string {
  const write = writers[verdict.kind] as (verdict: JobVerdict, words: Words, format: Formatters) => string
  return write(verdict, words, format)
}
