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
    workers: 'Worker',
    queues: 'Warteschlangen',
    failed: 'Fehlschläge',
    jobs: 'Jobs',
    other: 'Ansehen',
  },
  reasons: {
    store_unreachable: () => 'Der Datenspeicher antwortet nicht. Nichts wird eingereiht, nichts geht zu Ende.',
    no_station: ({ number }) =>
      `${plural(number('pending'), { one: '# Job wartet', other: '# Jobs warten' })}, und keine Station lebt.`,
    types_unserved: ({ text, number }) =>
      `In ${text('queue')} warten Jobs des Typs ${text('type')}${number('types') > 1 ? plural(number('types') - 1, { one: ' und # weiteren Typs', other: ' und # weiterer Typen' }) : ''}, die keine lebende Station ausführt.`,
    maintenance: ({ text }) =>
      `Es läuft eine Wartung, begonnen von ${text('by')}: Nur mit --force gestartete Worker nehmen noch Jobs.`,
    queue_paused: ({ text, number }) =>
      `Warteschlange ${text('queue')} ist von ${text('by')} angehalten, und ${plural(number('waiting'), { one: '# Job wartet', other: '# Jobs warten' })}${number('queues') > 1 ? plural(number('queues') - 1, { one: '; # weitere angehaltene wartet', other: '; # weitere angehaltene warten' }) : ''}.`,
    nothing_completes: ({ span, number }) =>
      `Seit ${span('forMs')} ist nichts zu Ende gegangen, obwohl ${plural(number('processing'), { one: '# Job läuft', other: '# Jobs laufen' })} und ${plural(number('pending'), { one: '# wartet', other: '# warten' })}.`,
    oldest_wait: ({ text, span }) => `Ein Job in ${text('queue')} wartet seit ${span('waitMs')}.`,
    failure_rate: ({ percent, figure }) =>
      `${percent('ratio')} der Läufe der letzten 5 Minuten sind gescheitert: ${figure('failed')} von ${figure('ended')}.`,
    store_alarm: ({ text }) => `Der Datenspeicher schlägt Alarm: ${text('found')}`,
    backlog_grows: ({ figure, span }) =>
      `Der Rückstand ist in ${span('overMs')} von ${figure('before')} auf ${figure('now')} gewachsen.`,
    station_lost: ({ number, text }) =>
      `${plural(number('stations'), { one: 'Eine Station ging verloren', other: '# Stationen gingen verloren' })}, auf ${text('host')}; ihre Jobs gehen an andere.`,
    sampler_stale: () => 'Die Zahlen dieser Seite sind alt: Der Server konnte sie nicht neu lesen.',
  },
}
