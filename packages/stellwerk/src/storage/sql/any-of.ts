import { type RawBuilder, sql } from './kysely.ts'

/** Whether a column holds one of the values. An empty list is no SQL in every dialect: it means none. */
export function isAnyOf(column: 'queue' | 'type' | 'id', values: readonly (string | number)[]): RawBuilder<boolean> {
  return values.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`
}
