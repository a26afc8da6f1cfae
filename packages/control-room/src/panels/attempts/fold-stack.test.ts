import { expect, test } from 'vitest'
import { foldFrames, framesOf } from './fold-stack.ts'

const stack = `ManifestInvalid: 'name' is missing
    at inside the message
    at parse (/app/jobs/check.ts:12:3)
    at Object.run (/app/node_modules/zod/index.js:1:1)
    at async node:internal/process:5:1
    at handle (file:///app/jobs/main.ts:3:4)`

test('frames are told apart by whose code they are', () => {
  expect(framesOf(stack).map((frame) => frame.isOwn)).toEqual([true, true, false, false, true])
})

test('folded, a stack shows the code of its owner', () => {
  expect(foldFrames(framesOf(stack), 3).map((frame) => frame.text)).toEqual([
    'at inside the message',
    'at parse (/app/jobs/check.ts:12:3)',
    'at handle (file:///app/jobs/main.ts:3:4)',
  ])
})

test('a stack without a frame of its owner shows its first ones', () => {
  const foreign = 'Error: x\n    at a (node:fs:1:1)\n    at b (node:fs:2:1)'
  expect(foldFrames(framesOf(foreign), 1).map((frame) => frame.text)).toEqual(['at a (node:fs:1:1)'])
})

test('nothing thrown with a stack has no frames', () => {
  expect(framesOf(null)).toEqual([])
  expect(framesOf('just words')).toEqual([])
})
