import { pluralIn } from '../plural.ts'
import type { ReasonWords } from '../reason-words.ts'

const plural = pluralIn('en')

/** The sentence at the top, and in the title of the tab. */
export const verdict = {
  region: 'State of the whole',
  since: (span: string) => `for ${span}`,
  quiet: (throughput: string, wait: string) => `${throughput} jobs/min, oldest wait ${wait}.`,
  quietNothing: 'Nothing waits, nothing runs.',
  quietIdle: (throughput: string) => `${throughput} jobs/min, nothing waits.`,
  more: (count: number) => plural(count, { one: '# more reason', other: '# more reasons' }),
  fewer: 'Fewer reasons',
  title: (count: number, state: string) => (count === 0 ? state : `(${count}) ${state}`),
  look: {
    workers: 'Workers',
    queues: 'Queues',
    failed: 'Failures',
    jobs: 'Jobs',
    other: 'Look',
  },
  reasons: {
    store_unreachable: () => 'The store does not answer. Nothing is dispatched, nothing ends.',
    no_station: ({ number }) =>
      `${plural(number('pending'), { one: '# job waits', other: '# jobs wait' })}, and no station is alive.`,
    types_unserved: ({ text, number }) =>
      `Jobs of type ${text('type')}${number('types') > 1 ? plural(number('types') - 1, { one: ', and of # more type,', other: ', and of # more types,' }) : ''} wait on ${text('queue')}; no live station runs them.`,
    maintenance: ({ text }) =>
      `Maintenance is on, by ${text('by')}: nothing is claimed but by workers started with --force.`,
    queue_paused: ({ text, number }) =>
      `Queue ${text('queue')} is paused by ${text('by')}, and ${plural(number('waiting'), { one: '# job waits', other: '# jobs wait' })}${number('queues') > 1 ? plural(number('queues') - 1, { one: '; # more paused queue waits', other: '; # more paused queues wait' }) : ''}.`,
    nothing_completes: ({ span, number }) =>
      `Nothing has ended for ${span('forMs')}, though ${plural(number('processing'), { one: '# job runs', other: '# jobs run' })} and ${plural(number('pending'), { one: '# waits', other: '# wait' })}.`,
    oldest_wait: ({ text, span }) => `A job on ${text('queue')} has waited for ${span('waitMs')}.`,
    failure_rate: ({ percent, figure }) =>
      `${percent('ratio')} of the runs of the last 5 minutes failed: ${figure('failed')} of ${figure('ended')}.`,
    store_alarm: ({ text }) => `The store raises an alarm: ${text('found')}`,
    backlog_grows: ({ figure, span }) =>
      `The backlog has grown from ${figure('before')} to ${figure('now')} within ${span('overMs')}.`,
    station_lost: ({ number, text }) =>
      `${plural(number('stations'), { one: 'A station was lost', other: '# stations were lost' })} on ${text('host')}; its jobs go to others.`,
    sampler_stale: () => 'The figures of this page are old: the server could not read them anew.',
  } satisfies ReasonWords as ReasonWords,
}
