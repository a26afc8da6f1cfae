import type { Migration } from './migration.ts'

/**
 * Who runs a `failed` hook, and how often it was begun, so that one whose taker died is run again. An older program takes a hook without leaving its name: such a one
 * is never run again, as before.
 */
export const hookTakers: Migration = {
  version: 8,
  name: 'who runs a failed hook',
  oldestProgram: 1,
  text: /* sql */ `
ALTER TABLE failed_job ADD COLUMN hook_by TEXT;
ALTER TABLE failed_job ADD COLUMN hook_runs INTEGER NOT NULL DEFAULT 0;
CREATE INDEX failed_job_hook_by ON failed_job (hook_by) WHERE hook_by IS NOT NULL;
`,
}
