import { expect, test } from 'vitest'
import { judge, reasonCodes, unreachableVerdict, type VerdictFacts } from './verdict.ts'

const calm: VerdictFacts = {
  pending: 10,
  processing: 5,
  stationsAlive: 2,
  oldestStationMs: 3_600_000,
  stationsLost: [],
  unserved: [],
  oldestWait: { queue: 'mail', ms: 300_000 },
  ended: 100,
  failed: 5,
  p95RunMs: 40,
  backlogBefore: { pending: 10, agoMs: 300_000 },
  paused: [],
  maintenance: null,
  storeAlarms: [],
}

function reasonsOf(changes: Partial<VerdictFacts>): readonly string[] {
  return judge({ ...calm, ...changes }).reasons.map(({ code, severity }) => `${code} ${severity}`)
}

const silent = { ended: 0, failed: 0 }

test.each<[name: string, changes: Partial<VerdictFacts>, reasons: readonly string[]]>([
  ['all is at its limit and no further', {}, []],
  [
    'nothing was ever done',
    {
      ...silent,
      pending: 0,
      processing: 0,
      stationsAlive: 0,
      oldestStationMs: null,
      p95RunMs: null,
      oldestWait: null,
      backlogBefore: null,
    },
    [],
  ],
  ['nobody works and nothing waits', { stationsAlive: 0, pending: 0, oldestWait: null }, []],
  ['jobs wait and nobody works', { stationsAlive: 0 }, ['no_station down']],
  [
    'without stations, types count as waiting for one',
    { stationsAlive: 0, unserved: [{ queue: 'a', type: 'b' }] },
    ['no_station down'],
  ],
  ['a type is served by nobody', { unserved: [{ queue: 'a b', type: 'c' }] }, ['types_unserved degraded']],
  ['nothing ends any more', { ...silent }, ['nothing_completes degraded']],
  ['nothing has ended yet', { ...silent, p95RunMs: null }, ['nothing_completes attention']],
  ['jobs take longer than the silence', { ...silent, p95RunMs: 300_001 }, []],
  ['the station has just begun', { ...silent, oldestStationMs: 299_999 }, []],
  ['nothing runs, so nothing ends', { ...silent, processing: 0 }, []],
  ['nothing waits behind what runs', { ...silent, pending: 0, oldestWait: null }, []],
  ['a job waits a little too long', { oldestWait: { queue: 'mail', ms: 300_001 } }, ['oldest_wait attention']],
  ['a job waits far too long', { oldestWait: { queue: 'mail', ms: 1_500_001 } }, ['oldest_wait degraded']],
  ['a few too many fail', { failed: 6 }, ['failure_rate attention']],
  ['a quarter fails and more', { failed: 26 }, ['failure_rate degraded']],
  ['too few ran to tell', { ended: 19, failed: 19 }, []],
  ['just enough ran to tell', { ended: 20, failed: 2 }, ['failure_rate attention']],
  ['the store has an alarm', { storeAlarms: [{ name: 'snapshot', found: 'old' }] }, ['store_alarm attention']],
  [
    'the backlog grows by half and by a hundred',
    { pending: 300, backlogBefore: { pending: 200, agoMs: 1 } },
    ['backlog_grows attention'],
  ],
  [
    'the backlog grows by a hundred, but not by half',
    { pending: 1_100, backlogBefore: { pending: 1_000, agoMs: 1 } },
    [],
  ],
  ['the backlog grows by half, but of little', { pending: 99, backlogBefore: { pending: 0, agoMs: 1 } }, []],
  [
    'a queue with waiting jobs is paused',
    { paused: [{ queue: 'mail', by: 'ada', waiting: 3 }] },
    ['queue_paused attention'],
  ],
  ['maintenance is on', { maintenance: { by: 'ada', forMs: 60_000 } }, ['maintenance attention']],
  [
    'maintenance is on, and what it explains is not told twice',
    { ...silent, maintenance: { by: 'ada', forMs: 60_000 }, oldestWait: { queue: 'mail', ms: 1_500_001 } },
    ['maintenance attention'],
  ],
  ['a station was lost', { stationsLost: [{ id: 'a', host: 'h' }] }, ['station_lost attention']],
])('when %s', (_name, changes, reasons) => {
  expect(reasonsOf(changes)).toEqual(reasons)
})

test('the worst comes first, and names the state of the whole', () => {
  const verdict = judge({
    ...calm,
    stationsLost: [{ id: 'a', host: 'h' }],
    failed: 50,
    storeAlarms: [{ name: 'snapshot', found: 'old' }],
    oldestWait: { queue: 'mail', ms: 400_000 },
  })
  expect(verdict.state).toBe('degraded')
  expect(verdict.reasons.map(({ code }) => code)).toEqual([
    'failure_rate',
    'oldest_wait',
    'store_alarm',
    'station_lost',
  ])
  expect(judge(calm)).toEqual({ state: 'quiet', reasons: [] })
  expect(unreachableVerdict('connection refused')).toMatchObject({
    state: 'down',
    reasons: [{ code: 'store_unreachable' }],
  })
})

test('every reason tells its figures, the same in words, and no link that a queue could bend', () => {
  const { reasons } = judge({ ...calm, unserved: [{ queue: 'a/b?c', type: 'd' }] })
  expect(reasons[0]).toMatchObject({
    params: { type: 'd', queue: 'a/b?c', types: 1 },
    detail: "jobs of type 'd' wait on queue 'a/b?c' and no live station runs them",
    action: { to: '/queues/a%2Fb%3Fc' },
  })
  expect(reasonCodes).toHaveLength(12)
})
