import type { Messages } from '../messages.ts'

/** What this installation is. */
export const about: Messages['about'] = {
  title: 'Über Stellwerk',
  version: 'Fassung',
  store: 'Speicher',
  stores: { sqlite: 'SQLite', postgres: 'PostgreSQL' },
  serverTime: 'Zeit des Speichers',
  signedIn: 'Angemeldet als',
  role: 'Rolle',
  permissions: 'Berechtigungen',
  queues: 'Warteschlangen',
  allQueues: 'Alle',
  readOnly: 'Diese Oberfläche ist nur zum Lesen: Sie zeigt alles und ändert nichts.',
  interface: 'Schnittstelle',
  openapi: 'Beschreibung der Schnittstelle (OpenAPI)',
  none: 'Keine',
}
