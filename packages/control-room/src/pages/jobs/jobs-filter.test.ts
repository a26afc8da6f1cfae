import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  everyJob,
  type JobsFilter,
  jobsPath,
  jobsQuery,
  jobsSearch,
  readJobsFilter,
  tabStates,
  writeJobsFilter,
} from './jobs-filter.ts'

const clock = { nowMs: Date.UTC(2026, 2, 1, 12), zone: 'utc' } as const

test('a whole filter is read', () => {
  expect(readJobsFilter('status:Failed,retrying queue:"my mails" type:a,b created:-1h..now could not connect')).toEqual(
    {
      filter: {
        states: ['failed', 'retrying'],
        queue: 'my mails',
        types: ['a', 'b'],
        created: { from: '-1h', to: 'now' },
        text: 'could not connect',
      },
      problems: [],
    },
  )
})

test('what cannot be read is told with what may have been meant, and the rest holds', () => {
  const { filter, problems } = readJobsFilter('queu:a state:faild created:yesterday queue:b queue:c worker:w type:')
  expect(filter).toEqual({ ...everyJob, queue: 'b' })
  expect(problems).toEqual([
    { code: 'unknown_key', text: 'queu', suggestion: 'queue' },
    { code: 'unknown_state', text: 'faild', suggestion: 'failed' },
    { code: 'bad_time', text: 'yesterday', suggestion: null },
    { code: 'twice', text: 'queue', suggestion: null },
    { code: 'unknown_key', text: 'worker', suggestion: null },
    { code: 'no_value', text: 'type', suggestion: null },
  ])
})

test('a key that every object has is unknown', () => {
  expect(readJobsFilter('constructor:a').problems).toHaveLength(1)
})

test('a value longer than the server takes is told', () => {
  const long = 'x'.repeat(201)
  expect(readJobsFilter(`queue:${long} ${long}`).problems.map(({ code }) => code)).toEqual(['too_long', 'too_long'])
  expect(readJobsFilter(long).filter).toEqual(everyJob)
})

test('one queue at a time', () => {
  expect(readJobsFilter('queue:a,b').problems).toEqual([{ code: 'one_value', text: 'a,b', suggestion: null }])
})

test('a filter and its text are the same thing', () => {
  const word = fc.string({ minLength: 1, unit: fc.constantFrom(...'aZé:,"\\ \t\n\0…') })
  const filter: fc.Arbitrary<JobsFilter> = fc.record({
    states: fc.subarray([...tabStates]),
    queue: fc.option(word),
    types: fc.array(word, { maxLength: 3 }),
    created: fc.constantFrom(
      null,
      { from: '-1h', to: null },
      { from: null, to: 'now' },
      { from: '2026-01-01', to: '-1d' },
    ),
    text: fc.option(word),
  })
  fc.assert(
    fc.property(filter, (value) => {
      expect(readJobsFilter(writeJobsFilter(value))).toEqual({ filter: value, problems: [] })
    }),
  )
})

test('the address carries the filter, and nothing where there is none', () => {
  expect(jobsPath({})).toBe('/jobs')
  expect(jobsPath({ states: ['failed'], queue: 'a b' })).toBe('/jobs?q=state:failed+queue:%22a+b%22')
  expect(jobsPath({}, 'xyz')).toBe('/jobs?cursor=xyz')
})

test('the server is asked in its own words, with times as moments', () => {
  const { filter } = readJobsFilter('state:failed,retrying queue:mails type:a,b created:-1h..2026-03-01T11:30 17')
  expect(Object.fromEntries(jobsQuery(filter, clock))).toEqual({
    state: 'failed,retrying',
    queue: 'mails',
    type: 'a,b',
    createdFrom: '2026-03-01T11:00:00.000Z',
    createdTo: '2026-03-01T11:30:00.000Z',
    q: '17',
  })
})

test('a span that ends now stays open, so that new jobs belong to it', () => {
  const query = jobsQuery(readJobsFilter('created:-1h..now').filter, clock)
  expect([...query.keys()]).toEqual(['createdFrom'])
})

test('an address with plain names is understood as the filter it means', () => {
  expect(jobsSearch.read('?state=failed,retrying&queue=a b')).toEqual({
    q: 'state:retrying,failed queue:"a b"',
    cursor: '',
  })
  expect(jobsSearch.read('?q=state:failed&cursor=c')).toEqual({ q: 'state:failed', cursor: 'c' })
})
