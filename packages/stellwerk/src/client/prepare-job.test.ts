import { expect, test } from 'vitest'
import { z } from 'zod'
import type { StellwerkError } from '../domain/errors.ts'
import { defineJob } from './define-job.ts'
import type { JobRequest } from './job-definition.ts'
import type { DispatchOptions } from './job-settings.ts'
import { prepareJob } from './prepare-job.ts'

const mail = defineJob({
  name: 'mail',
  payload: z.object({ n: z.number().default(7) }),
  ...{ version: 3, queue: 'post', priority: 'high', weight: 5, tries: 4, maxCrashes: 2 },
})

function prepare(payload: unknown, options: DispatchOptions = {}, definition: JobRequest['definition'] = mail) {
  return prepareJob({ definition, payload, options }, 262_144)
}

test('a row has the defaults of its type, and what the dispatch says goes before them', () => {
  expect(prepare({ n: 1 })).toEqual({
    ...{ type: 'mail', typeVersion: 3, queue: 'post', priority: 10, weight: 5, payload: '{"n":1}', options: null },
    ...{ delayMs: 0, runAt: null, tries: 4, maxCrashes: 2, parentId: null, runId: null },
  })
  const run = '0b8f0e1c-8a52-4f3e-9d8e-1a2b3c4d5e6f'
  expect(prepare({}, { queue: 'fast', priority: -3, weight: 0, tries: 1, delay: '2s', parent: 9, run })).toMatchObject({
    ...{ queue: 'fast', priority: -3, weight: 0, tries: 1, delayMs: 2_000, parentId: 9, runId: run },
    options: '{"tries":1}',
  })
})

test('an option that is undefined is as good as left out', () => {
  expect(prepare({}, { queue: undefined, tries: undefined } as unknown as DispatchOptions)).toEqual(prepare({}))
})

test('what is stored is the input, not what the schema makes of it', () => {
  expect(prepare({})).toMatchObject({ payload: '{}' })
})

test('a type without a schema takes none, one with a schema does not take undefined', () => {
  const empty = defineJob({ name: 'empty' })
  expect([prepare(undefined, {}, empty), prepare(null, {}, empty)]).toMatchObject([
    { payload: 'null' },
    { payload: 'null' },
  ])
  const anything = defineJob({ name: 'anything', payload: z.custom<string>(() => true) })
  expect(() => prepare(undefined, {}, anything)).toThrow(expect.objectContaining({ code: 'PAYLOAD_NOT_JSON' }))
})

test('a schema that validates asynchronously is waited for', async () => {
  const slow = defineJob({ name: 'slow', payload: z.object({ n: z.number().refine(async (n) => n > 1) }) })
  await expect(prepare({ n: 2 }, {}, slow)).resolves.toMatchObject({ payload: '{"n":2}' })
  await expect(prepare({ n: 1 }, {}, slow)).rejects.toMatchObject({ code: 'PAYLOAD_INVALID' })
})

test.each<[string, unknown, object, StellwerkError['code'], string]>([
  ['a payload that does not fit', { n: 'x' }, {}, 'PAYLOAD_INVALID', 'n: '],
  ['an unknown option', {}, { prioritty: 1 }, 'OPTION_INVALID', "did you mean 'priority'?"],
  ['a negative delay', {}, { delay: -1 }, 'OPTION_INVALID', 'delay: -1'],
  ['an absurd delay', {}, { delay: '9999d' }, 'OPTION_INVALID', 'out of range'],
  ['a delay that is no duration', {}, { delay: 'soon' }, 'OPTION_INVALID', 'delay: soon'],
  ['delay and run-at', {}, { delay: 1, runAt: 1 }, 'OPTION_INVALID', 'both given'],
  ['a priority that is no integer', {}, { priority: 1.5 }, 'OPTION_INVALID', '1.5'],
  ['a priority that is no name', {}, { priority: 'urgent' }, 'OPTION_INVALID', 'urgent'],
  ['a date that is none', {}, { runAt: new Date('never') }, 'OPTION_INVALID', 'runAt'],
  ['a parent that is no id', {}, { parent: 0 }, 'OPTION_INVALID', 'parent'],
  ['a run that is no UUID', {}, { run: 'r1' }, 'OPTION_INVALID', "run: 'r1'"],
  ['a queue without a name', {}, { queue: '' }, 'OPTION_INVALID', 'queue'],
])('%s is refused in one line', (...row) => {
  const [, payload, options, code, message] = row
  expect(() => prepare(payload, options)).toThrow(expect.objectContaining({ code }))
  expect(() => prepare(payload, options)).toThrow(message)
})
