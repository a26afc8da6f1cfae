import fc from 'fast-check'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { hostileTexts } from '../conformance/hostile-texts.ts'
import { textArray, textArrayBytes } from './array-literals.ts'

test('the server reads the same texts from the binary form as from the literal', async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  const read = async (sent: unknown) => (await client.query('SELECT $1::text[] AS texts', [sent])).rows[0]?.texts
  try {
    for (const texts of [[], hostileTexts, [''], ['a', '', 'NULL', '{}', '"\\\'', 'ümläut 信号 🚦']]) {
      expect(await read(textArrayBytes(texts))).toEqual(texts)
      expect(await read(textArray(texts))).toEqual(texts)
    }
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (texts) => {
        expect(await read(textArrayBytes(texts))).toEqual(texts)
      }),
      { numRuns: 50 },
    )
  } finally {
    await client.end()
  }
})
