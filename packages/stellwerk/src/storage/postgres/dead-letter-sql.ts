/**
 * SQL for the dead-letter queue of a row of `job`, null where it stays: the domain's deadLetterOf. `rules` is a parameter with the JSON of DeadLetters.
 */
export function deadLetterSql(rules: string, job: string): string {
  const named = `coalesce(${rules}::jsonb->'types'->>${job}.type, ${rules}::jsonb->'queues'->>${job}.queue, ${rules}::jsonb->'queues'->>'*')`
  return `nullif(${named}, ${job}.queue)`
}
