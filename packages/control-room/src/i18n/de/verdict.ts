import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

/** The sentence at the top, and in the title of the tab. */
export const verdict: Messages['verdict'] = {
  region: 'Zustand des Ganzen',
  since: (span) => `seit ${span}`,
  quiet: (throughput, wait) => `${throughput} Jobs/min, längste Wartezeit ${wait}.`,
  quietNothing: 'Nichts wartet, nichts läuft.',
  quietIdle: (throughput) => `${throughput} Jobs/min, nichts wartet.`,
  more: (count) => plural(count, { one: '# weiterer Grund', other: '# weitere Gründe' }),
  fewer: 'Weniger Gründe',
  title: (count, state) => (count === 0 ? state : `(${count}) ${state}`),
  look: {
    stations: 'Stationen',
    queues: 'Warteschlangen',
    failed: 'Fehlschläge',
    jobs: 'Jobs',
    other: 'Ansehen',
  },
  stale: 'Die Zahlen sind alt.',
}
