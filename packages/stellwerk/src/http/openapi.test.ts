import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { describeRoutes } from './openapi.ts'
import { placedRoutes } from './router.ts'

const routes = placedRoutes()
const document = describeRoutes(routes, { version: '0.1.0', serverUrl: '/queue' })
const text = JSON.stringify(document)

test('the description is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(JSON.parse(text))
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

test('every route is described, with a name of its own', () => {
  const paths = document['paths'] as Record<string, Record<string, { operationId: string; summary: string }>>
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.toSorted()).toEqual(
    routes.map(({ route, path }) => `${route.method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).toSorted(),
  )
  const names = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect(new Set(names).size).toBe(names.length)
})

test('every reference leads somewhere, and nothing internal is left in it', () => {
  const { schemas } = document['components'] as { schemas: Record<string, unknown> }
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => String(name))
  expect(references.length).toBeGreaterThan(50)
  expect([...new Set(references)].filter((name) => !(name in schemas))).toEqual([])
  expect(text).not.toContain('$defs')
  expect(Object.keys(schemas)).toEqual(
    expect.arrayContaining(['Job', 'JobDetail', 'Queue', 'Overview', 'Problem', 'DispatchOptions']),
  )
})

test('answers may grow fields, requests may not', () => {
  const { schemas } = document['components'] as { schemas: Record<string, { additionalProperties?: unknown }> }
  expect(schemas['Job']).not.toHaveProperty('additionalProperties')
  expect(schemas['NewJob']).toHaveProperty('additionalProperties', false)
})

test('parameters say what they take, and paths name theirs', () => {
  const paths = document['paths'] as Record<string, Record<string, { parameters: { name: string }[] }>>
  const parameters = paths['/api/v1/jobs']?.['get']?.parameters
  expect(parameters?.find(({ name }) => name === 'limit')).toEqual({
    name: 'limit',
    in: 'query',
    required: false,
    description: 'Rows of the page',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
  expect(paths['/api/v1/jobs/{id}']?.['get']?.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }])
})
