/**
 * Step 13: who runs a `failed` hook, and how often it was begun, so that one whose taker died is run again. An older program takes a hook without leaving its name:
 * such a one is never run again, as before.
 */
export function hookTakers(s: string): string {
  return `
    ALTER TABLE ${s}.failed_job ADD COLUMN hook_by text COLLATE "C", ADD COLUMN hook_runs integer NOT NULL DEFAULT 0;
    CREATE INDEX failed_job_hook_by ON ${s}.failed_job (hook_by) WHERE hook_by IS NOT NULL`
}
