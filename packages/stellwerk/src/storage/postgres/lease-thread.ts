import { parentPort, workerData } from 'node:worker_threads'
import type { LeaseThreadOptions } from '../lease-messages.ts'
import { type LeaseConnection, runRenewLoop } from '../renew-loop.ts'
import { loadPg } from './load-pg.ts'
import { describeAddress, toStellwerkError } from './postgres-errors.ts'
import { renewLeaseSql } from './renew-lease.ts'

/** What the thread gets beside the options of every lease thread. */
export interface PostgresLeaseData {
  readonly address: string
  /** Quoted. */
  readonly schema: string
  /** Whether the server takes limits as parameters of a connection. */
  readonly hasLimits: boolean
  readonly options: LeaseThreadOptions
}

const renewWithinMs = 2_500

/** A client of the thread's own; each renewal answers or fails well within a lease. */
async function openConnection({ address, schema, hasLimits }: PostgresLeaseData): Promise<LeaseConnection> {
  const { Client } = await loadPg()
  const client = new Client({
    connectionString: address,
    application_name: 'stellwerk lease',
    connectionTimeoutMillis: renewWithinMs,
    query_timeout: renewWithinMs,
    // A renewal that waits for the row is ended by the server too, or each would leave one more that waits.
    ...(hasLimits && { statement_timeout: renewWithinMs }),
    keepAlive: true,
  })
  // A lost connection shows at the next renewal; without a listener it would end the process.
  client.on('error', () => {})
  const renew = renewLeaseSql(schema)
  const asOurs = (error: unknown): never => {
    throw toStellwerkError(error, describeAddress(address))
  }
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    return asOurs(error)
  }
  return {
    renew: async (stationId, leaseMs) =>
      (await client.query(renew, [stationId, Math.round(leaseMs)]).catch(asOurs)).rows.length > 0,
    close: () => client.end().catch(() => {}),
  }
}

if (parentPort !== null) {
  const leaseData = workerData as PostgresLeaseData
  await runRenewLoop(leaseData.options, parentPort, () => openConnection(leaseData))
}
