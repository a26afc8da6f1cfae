/** The one door to Kysely: the build puts the library into this file, so that a short command reads one file in place of 255. */

export type { ExpressionBuilder, RawBuilder, SqliteDatabase, SqliteStatement } from 'kysely'
export { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely'
