import { expect, test } from 'vitest'
import { jobWords } from '../panels/job-words/job-words.ts'
import { sentenceWords } from '../panels/server-words/say-sentence.ts'
import { workerWords } from '../panels/workers/worker-words.ts'
import { de as german } from './de.ts'
import { en as english } from './en.ts'

/** With the words that come with their pages. */
const en = { ...english, job: jobWords.en, sentences: sentenceWords.en, workers: workerWords.en }
const de = { ...german, job: jobWords.de, sentences: sentenceWords.de, workers: workerWords.de }

/** Words that are the same in both languages. */
const SAME = new Set([
  'Stellwerk',
  'Jobs',
  'Job',
  'Station',
  'Status',
  'System',
  'Live',
  'UTC',
  'Normal',
  'Browser',
  'Details',
  'Version',
  'Queues',
  'Token',
  'Pool',
  'Worker',
  'Filter',
  'UUID',
  'Debug',
  'Info',
  'Text',
])

type Leaf = readonly [path: string, value: unknown]

function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`))
}

/** What a message says when its figures are 7, or texts. */
function said(value: unknown): string {
  if (typeof value !== 'function') return String(value)
  const figures = new Proxy({}, { get: (_, name) => (name === 'number' ? () => 7 : () => 'seven') })
  const given = value.toString().startsWith('({') || /^\(\{/.test(value.toString()) ? [figures] : [7, 7, 7]
  return String(value(...given))
}

test('both languages have the same messages', () => {
  const paths = (language: unknown) =>
    leaves(language)
      .map(([path]) => path)
      .sort()
  expect(paths(de)).toEqual(paths(en))
})

test('no message is empty, and none writes a placeholder or a function out', () => {
  for (const [path, value] of [...leaves(en), ...leaves(de)]) {
    if (!SILENT.has(path)) expect(said(value).trim(), path).not.toBe('')
    expect(said(value), path).not.toMatch(/undefined|NaN|=>|#/)
  }
})

test('no English is left in German', () => {
  const german = new Map(leaves(de))
  const same = leaves(en).filter(
    ([path, value]) => /[a-z]{4,}/i.test(said(value)) && said(value) === said(german.get(path)),
  )
  const left = same.filter(([path, value]) => !SAME.has(said(value)) && !ALLOWED.test(path))
  expect(left.map(([path, value]) => `${path}: ${said(value)}`)).toEqual([])
})

/** Commands and names of products are code. */
const ALLOWED = /command|Command|\.stores\.|code|environment\.staging|filter\.(placeholder|help\w*Rows)|job\.forms/

/** A plain error needs no hint, a plain line no name. */
const SILENT = new Set(['job.error.kindHints.error', 'job.logs.kinds.log'])
