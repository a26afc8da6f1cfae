import { defineJob } from 'stellwerk'
import { expect } from 'vitest'
import { isStorable } from '../../../src/std/well-formed.ts'
import { openSite, type Site } from '../../browser/open-site.ts'

/** A text with the jobs that carry it. */
export interface HostileJob {
  readonly text: string
  /** Also the name of its queue: the text as far as it can name something. */
  readonly type: string
  readonly failedId: number
  readonly completedId: number
}

/** A site whose jobs, queues, types, errors, lines, notes, payloads, results and stations are made of hostile texts. */
export interface HostileSite extends Site {
  readonly jobs: readonly HostileJob[]
}

/** What a text becomes as a name: trimmed, without controls, at most 200 characters, and unlike the others. */
function nameOf(text: string, at: number): string {
  const plain = text
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, '')
    .slice(0, 190)
    .trim()
  return isStorable(plain) && plain !== '' ? `${plain} ${at}` : `empty ${at}`
}

/** Fields of a payload or result that are made of `text`; names that no payload may have are left out. */
function fieldsOf(text: string): Record<string, unknown> {
  const isRefused = ['__proto__', 'constructor', 'prototype'].includes(text)
  return { value: text, list: [text], ...(isRefused ? {} : { [text]: text }) }
}

function hostileType(text: string, at: number) {
  const name = nameOf(text, at)
  return defineJob({
    name,
    queue: name,
    tries: 1,
    payload: anyValue,
    handle: (payload, { log, progress }) => {
      log.warn(text, fieldsOf(text))
      progress(50, text)
      if (!(payload as { readonly fails: boolean }).fails) return fieldsOf(text)
      const cause = Object.assign(new Error(text), { name: text })
      throw Object.assign(new Error(text, { cause }), {
        name: text,
        stack: `${text}: ${text}\n    at ${text} (${text}:1:1)`,
      })
    },
  })
}

/** A validator that lets everything through. */
const anyValue = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const

/** Opens the site and waits until every job has ended. It ends with the test. */
export async function openHostileSite(texts: readonly string[]): Promise<HostileSite> {
  const types = texts.map(hostileType)
  const site = await openSite({
    jobs: types,
    room: {
      title: texts[0] ?? '',
      environment: texts[1] ?? '',
      rateLimits: { requests: { perSecond: 10_000, burst: 10_000 } },
    },
  })
  const { stations } = site.stellwerk.deps().store
  for (const [at, text] of texts.slice(0, 50).entries()) {
    const names = [nameOf(text, at)]
    await stations.register({
      ...{ id: `s${at}`, host: text, label: text, version: text, pid: 1, concurrency: 1, leaseMs: 3_600_000 },
      ...{ types: names, queues: names },
    })
  }
  await site.work({ concurrency: 20, label: texts[2] ?? '' })
  const jobs: HostileJob[] = []
  for (const [at, text] of texts.entries()) {
    const definition = types[at] ?? hostileType(text, at)
    // A payload with a NUL is refused at dispatch (X17); the lines and errors of its job have one all the same.
    const fields = fieldsOf(text.replaceAll('\u0000', ''))
    const [failed, completed] = await site.stellwerk.dispatchMany(
      [true, false].map((fails) => definition.with({ fails, ...fields })),
    )
    jobs.push({ text, type: definition.name, failedId: failed?.id ?? 0, completedId: completed?.id ?? 0 })
  }
  await expect.poll(async () => await isOver(site, texts.length), { timeout: 60_000 }).toBe(true)
  return { ...site, jobs }
}

async function isOver({ stellwerk }: Site, count: number): Promise<boolean> {
  const queues = await stellwerk.queues()
  const ended = queues.reduce((sum, { counts }) => sum + counts.failed + counts.completed, 0)
  return ended === 2 * count
}
