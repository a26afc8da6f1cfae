import { expect, test } from 'vitest'
import { stopMessages } from '../../../../stellwerk/src/domain/job/stop-messages.ts'
import { crashMessage, exitReasons, type ToldEnd } from '../../../../stellwerk/src/domain/worker/exit-reasons.ts'
import { orderRefusals } from '../../../../stellwerk/src/domain/worker/order-refusals.ts'
import { ailmentsOf, workerAilments } from '../../../../stellwerk/src/domain/worker/worker-health.ts'
import { units } from '../../i18n/en/units.ts'
import { createFormatters } from '../../i18n/formatters.ts'
import { saySentence, sentenceWords } from './say-sentence.ts'

const format = createFormatters({ language: 'en', units, timeZone: 'UTC' })
const bounds = { name: 'mails (new) to 3', min: 1, max: 8 }
const none: ToldEnd = { code: null, signal: null, fault: null }
const ends: readonly ToldEnd[] = [
  none,
  { ...none, fault: 'spawn ENOMEM' },
  { ...none, code: 134 },
  { ...none, signal: 'SIGKILL' },
]
const health = { status: 'active', beatAgeMs: 0, cpuPercent: 0 }

/** Each way in which the server makes each of its sentences: what is new there has to be said here, or this does not compile. */
const exits: Readonly<Record<keyof typeof exitReasons, readonly string[]>> = {
  toldToStop: [exitReasons.toldToStop()],
  stationStops: [exitReasons.stationStops()],
  contactLost: [exitReasons.contactLost()],
  stayed: [exitReasons.stayed()],
  left: [exitReasons.left()],
  leftForMemory: [exitReasons.leftForMemory()],
  died: ends.map(exitReasons.died),
  badMessage: [exitReasons.badMessage('Unexpected token\nin JSON')],
  otherProgram: [exitReasons.otherProgram('0.2.0-rc.1', '0.1.0+build.7')],
  deafHandler: [exitReasons.deafHandler(7)],
  overdue: ['timeout', 'cancelled'].map((cause) => exitReasons.overdue({ id: 7, type: 'mail (slow).send' }, cause)),
}
const refusals: Readonly<Record<keyof typeof orderRefusals, readonly string[]>> = {
  noJob: [orderRefusals.noJob(7), orderRefusals.noJob(null)],
  noPool: [orderRefusals.noPool('mails')],
  noWorker: [orderRefusals.noWorker('w_0123456789abcdef')],
  poolsOnly: ['start', 'scale'].map(orderRefusals.poolsOnly),
  outOfBounds: [12, null].map((processes) => orderRefusals.outOfBounds(bounds, processes)),
  ownProcess: [orderRefusals.ownProcess()],
}
const stops: Readonly<Record<keyof typeof stopMessages, string>> = {
  timeout: stopMessages.timeout(7, 300_000),
  memory: stopMessages.memory(7),
  cancelled: stopMessages.cancelled(7),
}
const ailments = [
  { ...health, status: 'lost' },
  { ...health, status: 'stopped' },
  { ...health, status: 'failed' },
  { ...health, beatAgeMs: 7_505_000, cpuPercent: 97.4 },
].flatMap((facts) => ailmentsOf(facts))
const crashes = ends.flatMap((end) =>
  [0, 536_870_912].map((memoryBytes) => crashMessage({ jobId: 7, crashes: 2, end, memoryBytes })),
)
const all = [
  ...Object.values(exits).flat(),
  ...Object.values(refusals).flat(),
  ...Object.values(stops),
  ...ailments.map(({ detail }) => detail),
  ...crashes,
]

test('every sentence that the server makes has words in both languages', () => {
  expect(new Set(ailments.map(({ code }) => code))).toEqual(new Set(workerAilments))
  for (const sentence of all) {
    expect(saySentence(sentence, 'en', format), sentence).not.toBeNull()
    const german = saySentence(sentence, 'de', format)
    expect(german, sentence).not.toBeNull()
    expect(german, sentence).not.toBe(sentence)
    expect(german, sentence).not.toMatch(/[{}]|\b(the|it|job|exit code|could not)\b/)
  }
})

test('in English they are what the server said, but for how figures are written', () => {
  for (const sentence of all.filter((text) => !/heartbeat|timeout of|% of a core/.test(text)))
    expect(saySentence(sentence, 'en', format)).toBe(sentence)
  expect(ailments.map(({ detail }) => saySentence(detail, 'en', format))).toEqual(
    expect.arrayContaining([
      'its last heartbeat is 2\u00a0h 5\u00a0min old; under 2\u00a0min is healthy',
      'it takes 97% of a core; under 95% is healthy',
    ]),
  )
  expect(saySentence(stops.timeout, 'en', format)).toBe('job 7 ran longer than its timeout of 5\u00a0min')
})

test('memory is said as the facts beside it say it', () => {
  const crash = crashMessage({ jobId: 7, crashes: 2, end: none, memoryBytes: 3_221_225_472 })
  expect(saySentence(crash, 'en', format)).toContain(`, ${format.bytes(3_221_225_472)}; crash 2)`)
})

test('no words are kept for what the server never says', () => {
  const said = new Set(all.map((sentence) => saySentence(sentence, 'de', format)))
  const parts = Object.entries(sentenceWords.de).map(([, words]) => words.split(/\{\w+\}/))
  for (const [first = '', ...others] of parts)
    expect(
      [...said].some((text) => text?.includes(first) && others.every((part) => text.includes(part))),
      first,
    ).toBe(true)
})

test('figures and names go into the words of the language', () => {
  const german = (text: string) => saySentence(text, 'de', format)
  expect(german(orderRefusals.outOfBounds(bounds, 12))).toBe(
    'Pool mails (new) to 3 darf nach seiner Konfiguration 1 bis 8 Prozesse haben, nicht 12',
  )
  expect(german(exitReasons.died({ ...none, signal: 'SIGKILL' }))).toBe('er ist abgestürzt (Signal SIGKILL)')
  expect(german(exitReasons.died(none))).toBe('er ließ sich nicht starten, und das System nennt keinen Grund')
})

test('what the room does not know, such as what an older station wrote or an error said, has no words', () => {
  for (const text of ['memory: 520 MB of 512 MB', '', 'JOBS_NOT_LOADED: jobs.ts', 'x'.repeat(5_000)])
    expect(saySentence(text, 'de', format)).toBeNull()
})
