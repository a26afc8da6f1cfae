import type { CustomTypesConfig } from 'pg'
import type { Pg } from './load-pg.ts'

const int8 = 20
const numeric = 1700
const int8Array = 1016
const int4Array = 1007

/** Parsers of one client, never the global ones: int8 and numeric to number (ours stay below 2^53), their arrays to number[]. */
export function columnParsers(pg: Pg): CustomTypesConfig {
  const own = new Map<number, (value: string) => unknown>([
    [int8, Number],
    [numeric, Number],
    [int8Array, numbers],
    [int4Array, numbers],
  ])
  const getTypeParser = (oid: number, format?: 'text' | 'binary'): unknown =>
    (format === 'binary' ? undefined : own.get(oid)) ?? pg.types.getTypeParser(oid, format as 'text')
  return { getTypeParser: getTypeParser as CustomTypesConfig['getTypeParser'] }
}

function numbers(literal: string): number[] {
  return literal === '{}' ? [] : literal.slice(1, -1).split(',').map(Number)
}
