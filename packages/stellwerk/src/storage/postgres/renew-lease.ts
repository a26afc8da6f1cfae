/** T4. now_ms() stands in the SET itself, so that it is read again when the row had to be waited for. */
export const renewLeaseSql = (schema: string): string => /* sql */ `
  UPDATE ${schema}.station SET alive_until = ${schema}.now_ms() + $2::bigint WHERE id = $1 AND state = 'alive' RETURNING id`
