import pg from 'pg'

/** A connection beside the peer's own, for checks and facts. */
export interface PostgresSide {
  /** The values of the first column. */
  column(query: string): Promise<readonly unknown[]>
  /** Version and durability settings of the server. */
  facts(): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

/** Connects to the peer's database. */
export async function openPostgresSide(address: string): Promise<PostgresSide> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  const column = async (query: string): Promise<readonly unknown[]> => {
    const { rows } = await client.query<[unknown]>({ text: query, rowMode: 'array' })
    return rows.map(([value]) => value)
  }
  return {
    column,
    facts: async () => {
      const setting = async (name: string): Promise<string> => String((await column(`SHOW ${name}`))[0])
      return {
        postgres: await setting('server_version'),
        fsync: await setting('fsync'),
        synchronous_commit: await setting('synchronous_commit'),
      }
    },
    close: () => client.end(),
  }
}
