import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { exitCodeOf } from '../../src/cli/exit-codes.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { isStellwerkError } from '../../src/domain/errors.ts'
import { type PayloadBomb, payloadBombs } from '../../src/domain/job/payload-bombs.ts'
import { CliProject } from '../cli/cli-project.ts'
import { faultFigure } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'

const anything = defineJob({ name: 'anything', payload: z.custom<string>(() => true) })
const bombsOfCli = faultFigure({ npm: 4, ci: payloadBombs.length, release: payloadBombs.length })

async function opened(kind: 'sqlite' | 'postgres'): Promise<{ database: LiveDatabase; stellwerk: Stellwerk }> {
  const database = await openLiveDatabase(kind)
  onTestFinished(() => database.close())
  const stellwerk = await openStellwerk({ ...database.address, jobs: [anything] })
  onTestFinished(() => stellwerk.close())
  return { database, stellwerk }
}

/** The code with which an application's dispatch is refused. */
async function refusal(stellwerk: Stellwerk, payload: unknown): Promise<string> {
  try {
    await stellwerk.dispatch(anything, payload as string)
    return 'accepted'
  } catch (error) {
    return isStellwerkError(error) ? error.code : String(error)
  }
}

/** What an application can hand over: a value, or a text that it could parse. */
function valueFrom(bomb: PayloadBomb): { readonly value: unknown } | null {
  if (bomb.kind === 'value') return { value: bomb.make() }
  try {
    return { value: JSON.parse(bomb.make()) }
  } catch {
    return null
  }
}

/** What comes through a pipe as it was sent: UTF-8 has no lone surrogates. */
const texts = payloadBombs.filter((bomb) => bomb.kind === 'text' && bomb.make().isWellFormed())

const rows = `SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM dispatch_receipt) AS stored`

/** The largest that the limits allow: 256 KiB to the byte, 64 levels, 10,000 keys, every kind of character. */
const allowed: readonly (readonly [name: string, text: string])[] = [
  ['262,144 bytes', JSON.stringify('x'.repeat(262_142))],
  ['262,144 bytes of three-byte characters', JSON.stringify(`${'€'.repeat(87_380)}xx`)],
  ['64 levels', '['.repeat(64) + ']'.repeat(64)],
  ['10,000 keys', JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, at])))],
  ['pairs of surrogates, escapes and control characters', JSON.stringify('😀\u0001"\\\n\u2028\ufeff')],
  ['numbers at their edges', '[9007199254740991,-1e-320,1.7976931348623157e+308,0.1]'],
  ['an empty key and a key of blanks', '{"":1," ":2}'],
  ['nothing', 'null'],
]

describe.each(storeKinds)('%s', (kind) => {
  test('X17: bombs are refused by their code, and nothing is stored', { timeout: 120_000 }, async () => {
    const { database, stellwerk } = await opened(kind)
    let tried = 0
    for (const bomb of payloadBombs) {
      const handed = valueFrom(bomb)
      if (handed === null) continue
      const code = await refusal(stellwerk, handed.value)
      // Parsing takes away what made a text bad: spaces, a key that came twice, a number beyond the doubles is infinite.
      expect([bomb.name, code]).toEqual([bomb.name, bomb.code])
      tried++
    }
    expect(tried, 'the fault fired').toBeGreaterThan(40)
    expect(await database.sql(rows)).toEqual([{ stored: 0 }])
  })

  test('X17: what is just within the limits is kept byte for byte', async () => {
    const { stellwerk } = await opened(kind)
    for (const [name, text] of allowed) {
      const { id } = await stellwerk.dispatch(anything, JSON.parse(text) as string)
      expect((await stellwerk.job(id)).payload === JSON.stringify(JSON.parse(text)), name).toBe(true)
    }
  })

  test('X17: the command line refuses bombs by the same code', { timeout: 600_000 }, async () => {
    const { database } = await opened(kind)
    const project = new CliProject()
    onTestFinished(() => project.remove())
    const { store, schema = 'stellwerk' } = database.address
    project.write('stellwerk.config.mts', `export default ${JSON.stringify({ store, schema, jobs: './jobs.mts' })}`)
    project.writeJobs(
      `export const anything = defineJob({ name: 'anything', payload: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } } })`,
    )
    const tried = texts.slice(-bombsOfCli)
    for (const bomb of tried) {
      const { exitCode, stderr, stdout } = await project.run(['dispatch', 'anything', '-', '--json'], {
        input: String(bomb.make()),
      })
      expect([bomb.name, exitCode, `${stderr}${stdout}`]).toEqual([
        bomb.name,
        exitCodeOf[bomb.code],
        expect.stringContaining(`"code":"${bomb.code}"`),
      ])
    }
    expect(tried.length, 'the fault fired').toBeGreaterThan(0)
    expect(await database.sql(rows)).toEqual([{ stored: 0 }])
  })
})
