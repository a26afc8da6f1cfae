/** What this installation is. */
export const about = {
  title: 'About',
  version: 'Version',
  store: 'Store',
  stores: { sqlite: 'SQLite', postgres: 'PostgreSQL' },
  serverTime: 'Time of the store',
  signedIn: 'Signed in as',
  role: 'Role',
  permissions: 'Permissions',
  queues: 'Queues',
  allQueues: 'All',
  readOnly: 'This control room is read only: it shows everything and changes nothing.',
  interface: 'Interface',
  openapi: 'Description of the interface (OpenAPI)',
  none: 'None',
}
