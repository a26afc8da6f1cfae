import { laneOfJob } from '../lane-key.ts'

/**
 * Step 3: lanes by one number, and processing jobs by the time of their claim, which grows, so that its entries go to the end of the index. A program of step 1 goes on
 * working: what it inserts has the number 0, and is found by its columns.
 */
export function laneKey(s: string): string {
  return `
    ALTER TABLE ${s}.job ADD COLUMN IF NOT EXISTS lane bigint NOT NULL DEFAULT 0;
    UPDATE ${s}.job SET lane = ${laneOfJob};
    DROP INDEX IF EXISTS ${s}.job_lane;
    DROP INDEX IF EXISTS ${s}.job_holder;
    CREATE INDEX job_lane ON ${s}.job (lane, position, id) WHERE state = 'pending';
    CREATE INDEX job_processing ON ${s}.job (claimed_at) WHERE state = 'processing'`
}
