import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

/** The stations page. */
export const stations: Messages['stations'] = {
  title: 'Stationen',
  column: {
    state: 'Zustand',
    station: 'Station',
    host: 'Rechner',
    process: 'Prozess',
    load: 'Auslastung',
    queues: 'Warteschlangen',
    types: 'Jobtypen',
    uptime: 'Laufzeit',
    seen: 'Zuletzt gesehen',
    version: 'Fassung',
  },
  summary: (alive, capacity) =>
    `${plural(alive, { one: '# Station lebt', other: '# Stationen leben' })}, ${plural(capacity, { one: '# Platz', other: '# Plätze' })}`,
  lost: (count) => plural(count, { one: '# verloren', other: '# verloren' }),
  allQueues: 'Alle Warteschlangen',
  load: (processing, concurrency) => `${processing} von ${concurrency} Plätzen belegt`,
  types: (count) => plural(count, { one: '# Jobtyp', other: '# Jobtypen' }),
  past: 'Beendete Stationen',
  showPast: (count) => plural(count, { one: '# beendete Station zeigen', other: '# beendete Stationen zeigen' }),
  hidePast: 'Beendete Stationen verbergen',
  empty: 'Noch keine Station hat sich gemeldet',
  emptyHint: 'Stationen führen deine Jobs aus. Starte eine neben deiner Konfiguration:',
  command: 'npx stellwerk work',
}
