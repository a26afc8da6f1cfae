import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

test.each(['emails', 'a b', "it's", '$(reboot)', '; rm -rf /', '*', '"', '\\', '`id`', 'größe'])(
  'a shell takes %j as one word and does nothing with it',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
  },
)
