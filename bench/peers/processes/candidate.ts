// One run of one candidate in a fresh process. What a peer needs is loaded only for that peer.
import { answerOrders } from '../../child-process.ts'
import type { RunOrder, RunResult } from '../run-result.ts'

const runs: Readonly<Record<string, (order: RunOrder) => Promise<RunResult>>> = {
  'stellwerk-sqlite': runOwn,
  'stellwerk-postgres': runOwn,
  'stellwerk-sqlite-processes': runOwn,
  'stellwerk-postgres-processes': runOwn,
  bullmq: runBullmq,
  'bullmq-aof': runBullmq,
  'graphile-worker': async (order) => runWith((await import('./graphile-worker-peer.ts')).graphileWorkerPeer, order),
  'pg-boss': async (order) => runWith((await import('./pg-boss-peer.ts')).pgBossPeer, order),
}

async function runOwn(order: RunOrder): Promise<RunResult> {
  return (await import('./run-own.ts')).runOwn(order)
}

async function runBullmq(order: RunOrder): Promise<RunResult> {
  return runWith((await import('./bullmq-peer.ts')).bullmqPeer, order)
}

async function runWith(kind: import('./peer.ts').PeerKind, order: RunOrder): Promise<RunResult> {
  return (await import('./run-peer.ts')).runPeer(kind, order)
}

// Whatever a peer leaves open, the run is over when the bench lets go.
process.once('disconnect', () => process.exit())

answerOrders({
  run: ({ run }) => {
    const order = run as RunOrder
    const start = runs[order.candidate]
    if (start === undefined) throw new Error(`no candidate '${order.candidate}'`)
    return start(order)
  },
})
