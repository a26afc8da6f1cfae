import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idOf, parseJobRef, uuidOf } from './job-id.ts'

const jobId = fc.oneof(
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  fc.integer({ min: 1, max: 1000 }),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
)
const installation = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 32, maxLength: 32 })
  .map((digits) => digits.join(''))
const HERE = '0123456789abcdef0123456789abcdef'

test('every id has a uuid of version 8, and the way back', () => {
  fc.assert(
    fc.property(installation, jobId, (here, id) => {
      const uuid = uuidOf(here, id)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(idOf(here, uuid)).toBe(id)
      expect(idOf(here, uuid.toUpperCase())).toBe(id)
    }),
  )
})

test.each([
  [1, '603cf896-261e-8ed0-b841-c9e1dcc0778b'],
  [2, '603cf896-261e-8ed0-98fd-261114135553'],
  [2 ** 31, '603cf896-261e-8ed0-8389-505a6d22972e'],
  [Number.MAX_SAFE_INTEGER, '603cf896-261e-8ed0-89ce-80bd5a514899'],
])('job %d has the same uuid in every release: other systems keep it', (id, uuid) => {
  expect(uuidOf(HERE, id)).toBe(uuid)
  expect(idOf(HERE, uuid)).toBe(id)
})

test('a uuid that would stand for the id 0 stands for none', () => {
  expect(idOf(HERE, '603cf896-261e-8ed0-8f7f-ddf6936b27cd')).toBeNull()
})

test('a uuid means nothing once a digit of its installation, its version or its variant is another', () => {
  const uuid = uuidOf(HERE, 42)
  for (const [at, digit] of [...uuid.slice(0, 20)].entries()) {
    if (digit === '-') continue
    const other = digit === 'c' ? 'd' : 'c'
    expect(idOf(HERE, `${uuid.slice(0, at)}${other}${uuid.slice(at + 1)}`)).toBeNull()
  }
})

test('a uuid of one installation means nothing to another', () => {
  fc.assert(
    fc.property(installation, installation, jobId, (here, there, id) => {
      fc.pre(here !== there)
      expect(idOf(there, uuidOf(here, id))).toBeNull()
    }),
  )
})

test('installations that differ in one digit share no prefix of eight digits', () => {
  expect(uuidOf(HERE, 1).slice(0, 8)).not.toBe(uuidOf(`${HERE.slice(0, 31)}e`, 1).slice(0, 8))
})

test('no other uuid has an id', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(idOf(HERE, uuid)).toBeNull()
    }),
  )
  expect(idOf(HERE, 'not a uuid')).toBeNull()
})

test('ten thousand neighbours have distinct uuids that do not look sequential', () => {
  const uuids = Array.from({ length: 10_000 }, (_, at) => uuidOf(HERE, at + 1))
  expect(new Set(uuids).size).toBe(10_000)
  expect(uuids.toSorted()).not.toEqual(uuids)
  expect(new Set(uuids.slice(0, 100).map((uuid) => uuid.slice(-4))).size).toBeGreaterThan(90)
})

test('what is not a job id has no uuid', () => {
  for (const id of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
    expect(() => uuidOf(HERE, id)).toThrow(new RangeError(`${id} is not a job id`))
  }
})

test.each(['short', `${HERE}0`, `g${HERE.slice(1)}`, ` ${HERE}`])('%j is no installation', (installationId) => {
  const fault = new RangeError('an installation id has 32 hex digits')
  expect(() => uuidOf(installationId, 1)).toThrow(fault)
  expect(() => idOf(installationId, uuidOf(HERE, 1))).toThrow(fault)
})

test('a reference is an id, a uuid or neither', () => {
  expect(parseJobRef(' 42 ')).toEqual({ id: 42 })
  expect(parseJobRef(String(Number.MAX_SAFE_INTEGER))).toEqual({ id: Number.MAX_SAFE_INTEGER })
  expect(parseJobRef('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')).toEqual({ uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' })
  for (const text of ['', '0', '-1', '1.5', '1e3', '0x10', '9007199254740992', '12 13', 'send-email']) {
    expect(parseJobRef(text)).toBeNull()
  }
})
