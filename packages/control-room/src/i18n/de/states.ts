import type { Messages } from '../messages.ts'

/** States in a word. */
export const states: Messages['states'] = {
  job: {
    scheduled: 'Geplant',
    pending: 'Wartend',
    blocked: 'Blockiert',
    processing: 'In Arbeit',
    retrying: 'Wiederholung',
    completed: 'Erledigt',
    failed: 'Gescheitert',
    cancelled: 'Abgebrochen',
  },
  queue: { idle: 'Ruht', running: 'Läuft', waiting: 'Wartet', stuck: 'Hängt fest', paused: 'Angehalten' },
  worker: {
    starting: 'Startet',
    active: 'Aktiv',
    idle: 'Frei',
    paused: 'Angehalten',
    draining: 'Läuft aus',
    stopped: 'Beendet',
    failed: 'Gescheitert',
    lost: 'Verloren',
  },
  verdict: { quiet: 'Alles ruhig', attention: 'Achtung', degraded: 'Beeinträchtigt', down: 'Ausgefallen' },
}
