import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineJob } from './define-job.ts'
import { JobRegistry } from './job-registry.ts'
import { shownPayload } from './shown-payload.ts'

const canary = 'c4n4ry-b1rd'
const payload = z.object({ to: z.string(), diagnosis: z.string() })
const job = (type: string, stored: unknown) => ({ type, payload: JSON.stringify(stored), result: null })

test("a type's own redact hides what no name tells, and the names are looked at after it", () => {
  const letter = defineJob({
    name: 'letter',
    payload,
    redact: ({ to, diagnosis }) => ({ to, diagnosis: '…', letters: diagnosis.length, apiKey: canary }),
  })
  const shown = shownPayload(new JobRegistry([letter]), job('letter', { to: 'ada', diagnosis: canary }))
  expect(shown).toEqual({ payload: { to: 'ada', diagnosis: '…', letters: 11, apiKey: '[redacted]' }, result: null })
})

test('a redact that throws, or gives what is no JSON, shows nothing', () => {
  const throwing = defineJob({
    name: 'throwing',
    payload,
    redact: () => {
      throw new Error('older version')
    },
  })
  const odd = defineJob({ name: 'odd', payload, redact: () => undefined })
  const registry = new JobRegistry([throwing, odd])
  expect(shownPayload(registry, job('throwing', { to: canary })).payload).toBe('[redacted]')
  expect(shownPayload(registry, job('odd', { to: canary })).payload).toBeNull()
})

test('where the definition is not loaded the names decide, for the result too', () => {
  const registry = new JobRegistry([])
  const stored = { type: 'letter', payload: `{"password":"${canary}","to":"ada"}`, result: `{"token":"${canary}"}` }
  expect(shownPayload(registry, stored)).toEqual({
    payload: { password: '[redacted]', to: 'ada' },
    result: { token: '[redacted]' },
  })
  expect(shownPayload(registry, { type: 'letter', payload: null, result: null })).toEqual({
    payload: null,
    result: null,
  })
})

test('whole numbers keep the digits they were stored with', () => {
  const stored = { type: 'letter', payload: '{"id":12345678901234567890}', result: '[9007199254740993]' }
  expect(JSON.stringify(shownPayload(new JobRegistry([]), stored))).toBe(
    '{"payload":{"id":12345678901234567890},"result":[9007199254740993]}',
  )
})
