import { expect, test } from 'vitest'
import { checkPayloadText, toPayloadText } from './check-payload.ts'
import { type PayloadBomb, payloadBombs } from './payload-bombs.ts'

const tooLarge = 'is larger than 262,144 bytes of JSON: store what is large elsewhere and pass its address'
const beyond = 'brings it beyond 262,144 bytes of JSON: store what is large elsewhere and pass its address'
const unread = 'cannot be read: one of its members throws when it is read'
const halfPair = 'contains half of a surrogate pair: it is not valid Unicode'
const withNul = 'contains a NUL character, which PostgreSQL cannot store'
const badKey = 'is a key with a NUL character or half of a surrogate pair'
const prototypeKey = 'is a key that would replace the prototype of its object'
const reaching = 'has a prototype under the key constructor, which could reach into other objects'

const deepText = (character: number): string => `is nested more than 64 levels deep at character ${character}`
const unknown = (kind: string): string => `is ${kind}, which JSON does not have`
const emptied = (name: string): string => `is of class ${name}, of which JSON keeps nothing: convert it first`

/** What is said of the payload, by the name of the bomb. */
const refusals: Readonly<Record<string, string>> = {
  'a million opening brackets': tooLarge,
  '200,000 opening brackets': deepText(65),
  '100,000 balanced brackets': deepText(65),
  '65 balanced brackets': deepText(65),
  '20,000 nested objects': deepText(321),
  'brackets behind a text with an escaped quote': deepText(70),
  'a text of one byte too many': tooLarge,
  'three-byte characters beyond the bytes': tooLarge,
  '20,001 keys': 'has more than 10,000 keys in all',
  'spaces beyond the bytes': tooLarge,
  'a megabyte of text': tooLarge,
  'a text that only its escapes make too long': tooLarge,
  '65 levels': 'at $[0].inner[0].inner[0]…[0].inner[0].inner is nested more than 64 levels deep',
  'a million levels': 'at $.inner[0].inner[0].inner….inner[0].inner[0] is nested more than 64 levels deep',
  '10,001 keys': 'has more than 10,000 keys in all',
  '10,001 keys in small objects': 'at $[10000] has more than 10,000 keys in all',
  '2^60 leaves in 60 lists': `at $[0][0][0][0][0]…[1][1][1][1] ${beyond}`,
  'one long text ten thousand times': beyond,
  undefined: unknown('undefined'),
  'a function': unknown('a function'),
  'a function among the members': `at $.a.b ${unknown('a function')}`,
  'a class': `at $.type ${unknown('a function')}`,
  'a symbol': `at $.a ${unknown('a symbol')}`,
  'a BigInt': `at $.id ${unknown('a BigInt')}`,
  NaN: `at $.a[0] ${unknown('NaN')}`,
  infinity: unknown('Infinity'),
  'undefined in a list': `at $[1] ${unknown('undefined')}`,
  'a list with holes': `at $[0] ${unknown('undefined')}`,
  'a list of 2^32 - 1 holes': beyond,
  'a map': `at $.users ${emptied('Map')}`,
  'a set': emptied('Set'),
  'a promise': `at $.user ${emptied('Promise')}`,
  'an error': `at $.error ${emptied('Error')}`,
  'a regular expression': `at $[0] ${emptied('RegExp')}`,
  bytes: `at $.file ${emptied('Uint8Array')}`,
  'an array buffer': emptied('ArrayBuffer'),
  'a boxed NaN': emptied('Number'),
  'an invalid date': 'at $.at is an invalid date',
  'a toJSON that gives a function': unknown('a function'),
  'a toJSON that throws': unread,
  'a getter that throws': unread,
  'a proxy that throws': unread,
  'an object that contains itself': 'contains itself',
  'a list that contains itself': 'at $.list contains itself',
  'a circle of forty objects': 'at $.next.next.next.next.next….next.next.next.next contains itself',
  nothing: 'is empty',
  'half an object': 'is not valid JSON',
  'two values': 'is not valid JSON at character 3',
  'a number beyond the doubles': `at $.a ${unknown('Infinity')}`,
  'a raw NUL': 'is not valid text at character 7',
  'an escaped NUL': `at $.a ${withNul}`,
  'a raw lone surrogate': `at $[0] ${halfPair}`,
  'an escaped lone surrogate': `at $[0] ${halfPair}`,
  'an escaped NUL in a key': `at $["\uFFFD"] ${badKey}`,
  '__proto__ behind an escape': `at $.a[0].__proto__ ${prototypeKey}`,
  'constructor.prototype': `at $.constructor ${reaching}`,
  'a NUL': `at $.a ${withNul}`,
  'a lone surrogate in a key': `at $["a\uFFFD"] ${badKey}`,
  'an own __proto__': `at $.a.__proto__ ${prototypeKey}`,
  'an own constructor.prototype': `at $.constructor ${reaching}`,
}

function check(bomb: PayloadBomb): unknown {
  return bomb.kind === 'value' ? toPayloadText(bomb.make()) : checkPayloadText(bomb.make())
}

test('there are sixty bombs, each with a name and a sentence of its own', () => {
  expect(payloadBombs).toHaveLength(60)
  expect(payloadBombs.map((bomb) => bomb.name)).toEqual(Object.keys(refusals))
})

test.each(payloadBombs)('$name is refused with $code and a sentence that says where and why', (bomb) => {
  const message = `the payload ${refusals[bomb.name]}`
  expect(() => check(bomb)).toThrow(expect.objectContaining({ code: bomb.code, message }))
})

test.each([
  ['a toJSON that throws', 'no'],
  ['a getter that throws', 'no'],
  ['a proxy that throws', 'trap'],
])('of %s the error that was thrown is kept as the cause', (name, thrown) => {
  const bomb = payloadBombs.find((one) => one.name === name)
  expect(() => bomb && check(bomb)).toThrow(expect.objectContaining({ cause: new Error(thrown) }))
})
