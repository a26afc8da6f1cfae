import { pluralIn } from '../plural.ts'

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
    stations: 'Stations',
    queues: 'Queues',
    failed: 'Failures',
    jobs: 'Jobs',
    other: 'Look',
  },
  stale: 'The figures are old.',
}
