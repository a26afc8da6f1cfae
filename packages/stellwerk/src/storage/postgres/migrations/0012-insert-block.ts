import { laneKeySql } from '../lane-key.ts'

const laneOfBlock = laneKeySql({ queue: 'p_queue', type: 'p_type', inBatch: 'false', priority: 'p_priority' })

/**
 * Step 12: a group of one shape by a function that draws its ids first. Where nobody else drew between, they are one block, and the receipt and the answer name the first
 * of them in place of thousands. A program of an earlier step goes on with `insert_group`, and looks only for receipts of its own.
 */
export function insertBlock(s: string): string {
  return `
    ALTER TABLE ${s}.dispatch_receipt ADD COLUMN first_id bigint, ADD COLUMN jobs integer;
    CREATE FUNCTION ${s}.insert_block(
      p_token text, p_payloads text[], p_type text, p_type_version integer, p_queue text, p_priority smallint, p_weight integer, p_options text,
      p_delay_ms bigint, p_run_at bigint, p_tries integer, p_max_crashes integer, p_parent_id bigint, p_run_id text, p_channel text, p_notify text[],
      p_station_id text, OUT first_id bigint, OUT ids bigint[], OUT born_at bigint, OUT is_claimed boolean
    ) LANGUAGE plpgsql AS $body$
    DECLARE
      jobs integer := cardinality(p_payloads);
      due bigint;
      born text;
      lane bigint := ${laneOfBlock};
    BEGIN
      born_at := ${s}.now_ms();
      due := coalesce(p_run_at, born_at + p_delay_ms);
      is_claimed := p_station_id IS NOT NULL AND due <= born_at AND EXISTS (SELECT 1 FROM ${s}.station WHERE id = p_station_id AND state = 'alive');
      born := CASE WHEN is_claimed THEN 'processing' WHEN due > born_at THEN 'scheduled' ELSE 'pending' END;
      ids := ARRAY(SELECT nextval('${s}.job_id') FROM generate_series(1, jobs));
      INSERT INTO ${s}.job (id, run_at, created_at, position, lane, parent_id, tries, max_crashes, weight, type_version, priority, state, type, queue,
                            run_id, options, payload, claim_seq, attempt, claimed_at, station_id)
      SELECT p.id, due, born_at, due - p_weight * 1000::bigint, lane, p_parent_id, p_tries, p_max_crashes, p_weight, p_type_version,
             p_priority, born, p_type, p_queue, p_run_id, p_options, p.payload, is_claimed::integer, is_claimed::integer,
             CASE WHEN is_claimed THEN born_at END, CASE WHEN is_claimed THEN p_station_id END
        FROM unnest(ids, p_payloads) AS p(id, payload);
      INSERT INTO ${s}.tally_delta (queue, type, state, delta) VALUES (p_queue, p_type, born, jobs);
      first_id := ids[1];
      IF ids[jobs] - first_id = jobs - 1 THEN
        ids := NULL;
        INSERT INTO ${s}.dispatch_receipt (token, at, job_ids, first_id, jobs) VALUES (p_token, born_at, '{}', first_id, jobs);
      ELSE
        first_id := NULL;
        INSERT INTO ${s}.dispatch_receipt (token, at, job_ids) VALUES (p_token, born_at, ids);
      END IF;
      PERFORM pg_notify(p_channel, q) FROM unnest(p_notify) AS q;
    END
    $body$`
}
