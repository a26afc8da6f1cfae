import { laneKeySql } from '../lane-key.ts'

const laneOfGroup = laneKeySql({ queue: 'p_queue', type: 'p_type', inBatch: 'false', priority: 'p_priority' })

/**
 * Step 2: one group of jobs of one shape by a function. What it inserts has one possible plan, so that a plan kept for the session is always right, and parsing and
 * planning the same statement anew, most of the time of a single dispatch, is saved. Where `p_station_id` names a live station and the jobs are due, they are
 * born in its hands.
 */
export function insertGroup(s: string): string {
  return `
    CREATE FUNCTION ${s}.insert_group(
      p_token text, p_payloads text[], p_type text, p_type_version integer, p_queue text, p_priority smallint, p_weight integer, p_options text,
      p_delay_ms bigint, p_run_at bigint, p_tries integer, p_max_crashes integer, p_parent_id bigint, p_run_id text, p_channel text, p_notify text[],
      p_station_id text, OUT ids bigint[], OUT born_at bigint, OUT is_claimed boolean
    ) LANGUAGE plpgsql AS $body$
    DECLARE
      due bigint;
      born text;
      lane bigint := ${laneOfGroup};
    BEGIN
      born_at := ${s}.now_ms();
      due := coalesce(p_run_at, born_at + p_delay_ms);
      is_claimed := p_station_id IS NOT NULL AND due <= born_at AND EXISTS (SELECT 1 FROM ${s}.station WHERE id = p_station_id AND state = 'alive');
      born := CASE WHEN is_claimed THEN 'processing' WHEN due > born_at THEN 'scheduled' ELSE 'pending' END;
      WITH inserted AS (
        INSERT INTO ${s}.job (id, run_at, created_at, position, lane, parent_id, tries, max_crashes, weight, type_version, priority, state, type, queue,
                              run_id, options, payload, claim_seq, attempt, claimed_at, station_id)
        SELECT nextval('${s}.job_id'), due, born_at, due - p_weight * 1000::bigint, lane, p_parent_id, p_tries, p_max_crashes, p_weight, p_type_version,
               p_priority, born, p_type, p_queue, p_run_id, p_options, p.payload, is_claimed::integer, is_claimed::integer,
               CASE WHEN is_claimed THEN born_at END, CASE WHEN is_claimed THEN p_station_id END
          FROM unnest(p_payloads) AS p(payload)
        RETURNING id
      )
      SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO ids FROM inserted;
      INSERT INTO ${s}.tally_delta (queue, type, state, delta) VALUES (p_queue, p_type, born, cardinality(ids));
      INSERT INTO ${s}.dispatch_receipt (token, at, job_ids) VALUES (p_token, born_at, ids);
      PERFORM pg_notify(p_channel, q) FROM unnest(p_notify) AS q;
    END
    $body$`
}
