/** What this installation is. */
export const about = {
  title: 'About',
  version: 'Version',
  store: 'Store',
  stores: { sqlite: 'SQLite', postgres: 'PostgreSQL' },
  serverTime: 'Store time',
  signedIn: 'Signed in as',
  role: 'Role',
  permissions: 'Permissions',
  queues: 'Queues',
  allQueues: 'All',
  readOnly: 'Read only here: permissions to change are not in effect.',
  interface: 'Interface',
  openapi: 'Description of the interface (OpenAPI)',
  none: 'None',
}
