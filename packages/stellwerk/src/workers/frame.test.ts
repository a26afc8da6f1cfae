import { describe, expect, test } from 'vitest'
import { FrameReader, frameOf, maxFrameBytes } from './frame.ts'

const texts = ['{"k":"a","text":"ä€😀"}', '{"k":"b"}']

describe('frames', () => {
  test('come out as they went in, however they are cut', () => {
    const bytes = Buffer.concat([frameOf(texts), frameOf(texts.slice(1))])
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const reader = new FrameReader()
      const got: unknown[] = []
      for (let at = 0; at < bytes.length; at += size) got.push(...reader.push(bytes.subarray(at, at + size)).flat())
      expect(got).toEqual([{ k: 'a', text: 'ä€😀' }, { k: 'b' }, { k: 'b' }])
    }
  })

  test.each([
    ['a length beyond the bound', Buffer.from([0xff, 0xff, 0xff, 0xff]), `more than ${maxFrameBytes}`],
    ['text that is no JSON', Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.from('abc')]), 'not JSON'],
    ['JSON that is no list', Buffer.concat([Buffer.from([2, 0, 0, 0]), Buffer.from('{}')]), 'no messages'],
    ['a list of what is no message', frameOf(['1']), 'no messages'],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => new FrameReader().push(bytes)).toThrow(message)
  })
})
