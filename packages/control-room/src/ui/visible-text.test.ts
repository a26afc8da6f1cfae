import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test.for<readonly [string, string]>([
  ['plain, größer\tand\nlines 漢字 🚂', 'plain, größer\tand\nlines 漢字 🚂'],
  ['one\r\ntwo', 'one\ntwo'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
  ['ends\rover', 'ends\\x0dover'],
  ['a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ['\u0000\u009b', '\\x00\\x9b'],
])('%j is shown as %j', ([text, shown]) => {
  expect(visibleText(text)).toBe(shown)
})
