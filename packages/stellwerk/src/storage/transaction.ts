/** A `DatabaseSync` of node:sqlite on the store's own file, between its BEGIN and its COMMIT. */
export interface SqliteTransaction {
  readonly isOpen: boolean
  readonly isTransaction: boolean
  location(dbName?: string): string | null
  prepare(sql: string): object
}

/** A client of `pg` between BEGIN and COMMIT, or an adapter of two lines: runs one statement with `$1` placeholders and gives its rows. A pool is none. */
export interface QueryTransaction {
  query(text: string, values: string[]): PromiseLike<{ readonly rows: readonly unknown[] } | readonly unknown[]>
  readonly totalCount?: never
}

/** A transaction of Kysely on PostgreSQL. */
export interface KyselyTransaction {
  readonly isTransaction: true
  executeQuery(query: never): PromiseLike<{ readonly rows: readonly unknown[] }>
}

/** The client that Prisma gives to an interactive transaction on PostgreSQL. */
export interface PrismaTransaction {
  $queryRawUnsafe(text: string, ...values: string[]): PromiseLike<unknown>
}

/** A transaction of the application, open on the store's own database. */
export type Transaction = SqliteTransaction | QueryTransaction | KyselyTransaction | PrismaTransaction
