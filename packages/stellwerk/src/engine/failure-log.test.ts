import { expect, test } from 'vitest'
import { StellwerkError } from '../domain/errors.ts'
import { type LogFields, silentLog } from '../std/log.ts'
import { FailureLog } from './failure-log.ts'

const away = new StellwerkError('STORE_UNREACHABLE', 'the server cannot be reached')
const fails = 'the store fails; the station goes on by itself as soon as it works again'

/** A log of failures whose clock stands where it is put, and the lines that an operator sees. */
function open() {
  const lines: unknown[] = []
  const details: unknown[] = []
  let nowMs = 1_000
  const line =
    (level: string, to = lines) =>
    (message: string, fields?: LogFields) =>
      void to.push([level, message, fields])
  const log = {
    ...silentLog,
    debug: line('debug', details),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
  }
  const failures = new FailureLog(log, () => nowMs)
  const pass = (source: string, error: unknown): void =>
    failures.failed({ source, message: 'pass failed', error, fields: { service: source } })
  return {
    ...{ failures, lines, details, pass },
    after: (ms: number) => {
      nowMs += ms
    },
    /** The lines since the last look. */
    told: () => lines.splice(0),
  }
}

test('a store that is away is told of once, whoever meets it, and each failure to who looks closely', () => {
  const { pass, after, told, details } = open()
  for (const source of ['promoter', 'claimer', 'promoter']) {
    pass(source, away)
    after(500)
  }
  expect(told()).toEqual([['error', fails, { code: 'STORE_UNREACHABLE', error: away.message }]])
  expect(details).toEqual([
    ['debug', 'pass failed', { service: 'promoter', source: 'promoter', failures: 1, error: away }],
    ['debug', 'pass failed', { service: 'claimer', source: 'claimer', failures: 2, error: away }],
    ['debug', 'pass failed', { service: 'promoter', source: 'promoter', failures: 3, error: away }],
  ])
})

test('one that stays away is told of each minute', () => {
  const { pass, after, told } = open()
  pass('promoter', away)
  told()
  after(59_999)
  pass('promoter', away)
  expect(told()).toEqual([])
  after(1)
  pass('claimer', new StellwerkError('STORE_UNREACHABLE', 'still starting'))
  expect(told()).toEqual([
    ['error', fails, { code: 'STORE_UNREACHABLE', failures: 3, forMs: 60_000, error: 'still starting' }],
  ])
})

test('its return is told when all who failed lately work again', () => {
  const { failures, pass, after, told } = open()
  pass('sweeper', away)
  after(5_000)
  pass('promoter', away)
  pass('claimer', away)
  told()
  after(1_000)
  failures.worked('promoter')
  failures.worked('heartbeat')
  expect(told(), 'the claimer has not yet come through').toEqual([])
  after(200)
  failures.worked('claimer')
  expect(told(), 'the sweeper comes once a minute').toEqual([
    ['info', 'the store works again', { code: 'STORE_UNREACHABLE', failures: 3, forMs: 6_200 }],
  ])
  failures.worked('promoter')
  pass('promoter', away)
  expect(told(), 'the next loss is one of its own').toHaveLength(1)
})

test('one who worked before another failed late is asked again', () => {
  const { failures, pass, after, told } = open()
  pass('promoter', away)
  after(100)
  pass('pruner', away)
  told()
  failures.worked('promoter')
  after(2_400)
  failures.worked('promoter')
  expect(told()).toEqual([])
  after(100)
  failures.worked('promoter')
  expect(told()).toEqual([['info', 'the store works again', { code: 'STORE_UNREACHABLE', failures: 2, forMs: 2_600 }]])
})

test('a store that is busy and one that is away are two troubles', () => {
  const { failures, pass, told } = open()
  pass('promoter', away)
  pass('promoter', new StellwerkError('STORE_BUSY', 'locked'))
  failures.worked('promoter')
  expect(told()).toMatchObject([
    ['error', fails, { code: 'STORE_UNREACHABLE' }],
    ['error', fails, { code: 'STORE_BUSY' }],
    ['info', 'the store works again', { code: 'STORE_UNREACHABLE' }],
    ['info', 'the store works again', { code: 'STORE_BUSY' }],
  ])
})

test('what is wrong with one part alone is told of that part, with its whole error', () => {
  const { failures, pass, after, told } = open()
  const [roller, pruner] = [new Error('a sketch is torn'), new Error('no such day')]
  pass('roller', roller)
  pass('pruner', pruner)
  after(500)
  pass('roller', new Error('a sketch is torn'))
  expect(told()).toEqual([
    ['error', 'pass failed', { service: 'roller', error: roller }],
    ['error', 'pass failed', { service: 'pruner', error: pruner }],
  ])
  after(500)
  failures.worked('roller')
  expect(told()).toEqual([['info', 'over: pass failed', { service: 'roller', failures: 2, forMs: 1_000 }]])
})

test('another error of the same part is news', () => {
  const { pass, told } = open()
  const [first, second] = [new Error('a'), new Error('b')]
  pass('roller', first)
  pass('roller', second)
  expect(told()).toEqual([
    ['error', 'pass failed', { service: 'roller', error: first }],
    ['error', 'pass failed', { service: 'roller', error: second }],
  ])
})

test('where nothing failed, nothing is told', () => {
  const { failures, told, details } = open()
  failures.worked('promoter')
  expect([told(), details]).toEqual([[], []])
})

test('a failure without an error is told by its message', () => {
  const { failures, told } = open()
  failures.failed({ source: 'trust', message: 'no contact for too long' })
  failures.worked('trust')
  expect(told()).toEqual([
    ['error', 'no contact for too long', {}],
    ['info', 'over: no contact for too long', { failures: 1, forMs: 0 }],
  ])
})
