import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')

/** The pages of queues, and the table that the overview shows too. */
export const queues = {
  title: 'Queues',
  caption: 'Queues, with what waits, runs and ends',
  back: 'All queues',
  column: {
    queue: 'Queue',
    status: 'Status',
    waiting: 'Waiting',
    oldest: 'Oldest wait',
    processing: 'Running',
    throughput: 'Per minute',
    failures: 'Failed 1 h',
    p95Wait: 'p95 wait',
    p95Run: 'p95 run',
    drain: 'Drained in',
    stations: 'Stations',
    sparkline: 'Last 60 min',
  },
  hint: {
    waiting: 'Pending jobs, which may start now',
    throughput: 'Runs that ended, by minute, over the last five full minutes',
    failures: 'Runs that failed in the last hour, retried ones included',
    drain: 'At the pace of the last minutes',
    stations: 'Live stations that serve this queue',
  },
  ended: 'Ended by minute',
  endedSentence: (count: number) =>
    plural(count, { one: '# run ended in the last hour.', other: '# runs ended in the last hour.' }),
  total: (count: number) => plural(count, { one: '# queue', other: '# queues' }),
  empty: 'No queue yet',
  emptyHint: 'A queue appears as soon as a job is dispatched to it.',
  oneEmpty: (queue: string) => `There is no queue ${queue}`,
  oneEmptyHint: 'Queues that never held a job are not known, and names are case-sensitive.',
  states: 'Jobs by state',
  figures: 'Figures',
  showJobs: 'Show jobs',
  showFailed: 'Show failures',
  averageWait: 'Average wait',
  failureRatio: 'Failure rate, 5 min',
  stuck: 'No live station serves this queue.',
  stuckHint: 'Its jobs wait until one does. Start a station that serves it:',
  stuckCommand: (queue: string) => `npx stellwerk work --queue ${queue}`,
  unserved: (count: number, types: string) =>
    `${plural(count, { one: 'Jobs of one type wait that no live station can run:', other: 'Jobs of # types wait that no live station can run:' })} ${types}`,
  unservedHint: 'Start a station whose configuration loads these definitions.',
}
