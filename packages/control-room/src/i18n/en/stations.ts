import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')

/** The stations page. */
export const stations = {
  title: 'Stations',
  column: {
    state: 'State',
    station: 'Station',
    host: 'Host',
    process: 'Process',
    load: 'Load',
    queues: 'Queues',
    types: 'Types',
    uptime: 'Uptime',
    seen: 'Last seen',
    version: 'Version',
  },
  summary: (alive: number, capacity: number) =>
    `${plural(alive, { one: '# station alive', other: '# stations alive' })}, ${plural(capacity, { one: '# slot', other: '# slots' })}`,
  lost: (count: number) => plural(count, { one: '# lost', other: '# lost' }),
  allQueues: 'All queues',
  load: (processing: string, concurrency: string) => `${processing} of ${concurrency} slots in use`,
  types: (count: number) => plural(count, { one: '# type', other: '# types' }),
  past: 'Stopped stations',
  showPast: (count: number) => plural(count, { one: 'Show # stopped station', other: 'Show # stopped stations' }),
  hidePast: 'Hide stopped stations',
  empty: 'No station has reported',
  emptyHint: 'Stations run your jobs. Start one beside your configuration:',
  command: 'npx stellwerk work',
}
