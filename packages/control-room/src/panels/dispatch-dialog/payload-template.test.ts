import { expect, test } from 'vitest'
import { payloadFields, payloadTemplate } from './payload-template.ts'

const schema = {
  type: 'object',
  properties: {
    userId: { type: 'integer' },
    address: { type: 'object', properties: { street: { type: 'string' } }, required: ['street'] },
    kind: { enum: ['a', 'b'] },
    urgent: { type: 'boolean', default: true },
    note: { type: ['string', 'null'] },
    either: { anyOf: [{ type: 'string' }, { const: 5 }] },
  },
  required: ['userId', 'address', 'kind', 'urgent', 'either'],
}

test('the fields of a schema with their types', () => {
  expect(payloadFields(schema)).toEqual([
    { name: 'userId', type: 'integer', isRequired: true },
    { name: 'address', type: 'object', isRequired: true },
    { name: 'kind', type: '"a" | "b"', isRequired: true },
    { name: 'urgent', type: 'boolean', isRequired: true },
    { name: 'note', type: 'string | null', isRequired: false },
    { name: 'either', type: 'string | 5', isRequired: true },
  ])
})

test('a template has what is required and nothing else', () => {
  expect(payloadTemplate(schema)).toEqual({ userId: 0, address: { street: '' }, kind: 'a', urgent: true, either: '' })
})

test.for([null, 17, 'text', [], {}, { type: 'constructor' }, { properties: 5, required: 'x' }])(
  'a schema that says nothing (%j) is borne',
  (odd) => {
    expect(payloadFields(odd)).toEqual([])
    expect(() => payloadTemplate(odd)).not.toThrow()
  },
)

test('a schema without an end has a template with one', () => {
  const endless: { type: string; properties: Record<string, unknown>; required: string[] } = {
    type: 'object',
    properties: {},
    required: ['self'],
  }
  endless.properties['self'] = endless
  expect(JSON.stringify(payloadTemplate(endless)).length).toBeLessThan(100)
})
