import { expect, test } from 'vitest'
import { ownFrames } from './own-frames.ts'

test('frames of Node and of installed packages are left out', () => {
  const stack = `Error: no\n    at send (/app/mail.ts:3:1)\n    at lib (/app/node_modules/x/i.js:1:1)\n    at run (node:internal/x:1:1)\n    at handle (/app/jobs.ts:9:2)`
  expect(ownFrames(stack, 3)).toEqual(['at send (/app/mail.ts:3:1)', 'at handle (/app/jobs.ts:9:2)'])
  expect(ownFrames(stack, 1)).toEqual(['at send (/app/mail.ts:3:1)'])
})

test('a stack with no own frame shows what it has, and none shows nothing', () => {
  expect(ownFrames('Error\n    at run (node:x:1:1)', 3)).toEqual(['at run (node:x:1:1)'])
  expect(ownFrames(null, 3)).toEqual([])
})
