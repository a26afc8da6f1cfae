import { type } from 'arktype'
import * as v from 'valibot'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineJob, implement } from './define-job.ts'
import type { PayloadInput } from './job-definition.ts'
import type { Stellwerk } from './stellwerk.ts'

interface Mail {
  to: string
  copies: number
}

const zodMail = defineJob({ name: 'zod', payload: z.object({ to: z.string(), copies: z.number() }) })
const valibotMail = defineJob({ name: 'valibot', payload: v.object({ to: v.string(), copies: v.number() }) })
const arktypeMail = defineJob({ name: 'arktype', payload: type({ to: 'string', copies: 'number' }) })

const sweep = defineJob({ name: 'sweep' })

test('the payload of a dispatch is the input of its schema, by any validator', () => {
  expectTypeOf<PayloadInput<typeof zodMail>>().toEqualTypeOf<Mail>()
  expectTypeOf<PayloadInput<typeof valibotMail>>().toEqualTypeOf<Mail>()
  expectTypeOf<PayloadInput<typeof arktypeMail>>().toEqualTypeOf<Mail>()
})

test('a wrong payload does not compile', () => {
  const attempts = (stellwerk: Stellwerk): unknown[] => [
    // @ts-expect-error: copies is no text
    stellwerk.dispatch(zodMail, { to: 'ada', copies: 'two' }),
    // @ts-expect-error: copies is missing
    stellwerk.dispatch(valibotMail, { to: 'ada' }),
    // @ts-expect-error: to is no number
    stellwerk.dispatch(arktypeMail, { to: 1, copies: 2 }),
    // @ts-expect-error: nothing may not stand for a payload
    stellwerk.dispatch(zodMail, undefined),
    // @ts-expect-error: so it is with a dispatch that is made later
    zodMail.with({ to: 'ada' }),
    stellwerk.dispatch(zodMail, { to: 'ada', copies: 2 }),
    // @ts-expect-error: a payload that has members is not left out
    stellwerk.dispatch(zodMail),
    stellwerk.dispatch(sweep),
    stellwerk.dispatch(sweep, undefined, { queue: 'night' }),
  ]
  expect(attempts).toBeTypeOf('function')
})

test('a handler takes the output of its schema', () => {
  defineJob({
    name: 'coerced',
    payload: z.object({ at: z.string().transform((text) => new Date(text)), tags: z.array(z.string()).default([]) }),
    handle: (payload) => expectTypeOf(payload).toEqualTypeOf<{ at: Date; tags: string[] }>(),
  })
  const declared = defineJob({ name: 'declared', payload: z.object({ n: z.string().transform(Number) }) })
  implement(declared, ({ n }) => expectTypeOf(n).toEqualTypeOf<number>())
  defineJob({ name: 'empty', handle: (payload) => expectTypeOf(payload).toEqualTypeOf<undefined>() })
})

test('a schema whose input is not JSON does not compile', () => {
  // @ts-expect-error: a Date comes back as a text
  defineJob({ name: 'dated', payload: z.object({ at: z.date() }) })
  // @ts-expect-error: JSON has no maps
  defineJob({ name: 'mapped', payload: z.object({ byName: z.map(z.string(), z.number()) }) })
  // @ts-expect-error: JSON has no BigInt
  defineJob({ name: 'big', payload: z.object({ id: z.bigint() }) })
})

test.each([zodMail, valibotMail, arktypeMail])('$name refuses at run time what does not fit', async (definition) => {
  const judged = await definition.schema?.['~standard'].validate({ to: 'ada', copies: 'two' })
  expect(judged?.issues?.length).toBeGreaterThan(0)
})

test('a definition is frozen, and has one handler at most', () => {
  const worker = implement(zodMail, () => undefined)
  expect([Object.isFrozen(zodMail), Object.isFrozen(worker), zodMail.handle]).toEqual([true, true, null])
  expect(() => implement(worker, () => undefined)).toThrow(expect.objectContaining({ code: 'JOB_DEFINITION_INVALID' }))
})

test.each<[string, object, string]>([
  ['an unknown key', { name: 'a', trys: 3 }, "did you mean 'tries'?"],
  ['no tries', { name: 'a', tries: 0 }, 'tries'],
  ['no name', { name: '' }, 'job type'],
  ['a priority out of range', { name: 'a', priority: 101 }, 'priority'],
  ['a timeout that is no duration', { name: 'a', timeout: 'soon' }, 'timeout'],
])('a definition with %s is refused by name', (_name, input, message) => {
  expect(() => defineJob(input as { name: string })).toThrow(message)
})
