import type { Messages } from '../messages.ts'

/** What this installation is. */
export const about: Messages['about'] = {
  title: 'Über Stellwerk',
  version: 'Version',
  store: 'Datenspeicher',
  stores: { sqlite: 'SQLite', postgres: 'PostgreSQL' },
  serverTime: 'Uhrzeit des Datenspeichers',
  signedIn: 'Angemeldet als',
  role: 'Rolle',
  permissions: 'Berechtigungen',
  queues: 'Warteschlangen',
  allQueues: 'Alle',
  readOnly: 'Hier ist alles nur zum Lesen: Berechtigungen zum Ändern gelten nicht.',
  interface: 'Schnittstelle',
  openapi: 'Beschreibung der Schnittstelle (OpenAPI)',
  none: 'Keine',
}
