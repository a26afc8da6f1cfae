import { afterEach, expect, test } from 'vitest'
import { completePage } from '../../../stellwerk/src/http/page.ts'
import { readBoot } from './boot.ts'

afterEach(() => document.head.replaceChildren())

function tell(text: string): void {
  const script = document.createElement('script')
  script.type = 'application/json'
  script.id = 'boot'
  script.textContent = text
  document.head.append(script)
}

test('the page knows what the server has written into it', () => {
  const page = '<script type="application/json" id="boot">{}</script>'
  const boot = { basePath: '/queue-manager', title: '</script><b>', environment: 'staging', language: 'de' } as const
  tell(completePage(page, boot).slice('<script type="application/json" id="boot">'.length, -'</script>'.length))
  expect(readBoot()).toEqual(boot)
})

test.each(['', '{', 'null', '{"basePath":7}'])('told %j, it stands at the root and has no name', (text) => {
  tell(text)
  expect(readBoot()).toEqual({ basePath: '', title: '', environment: '', language: '' })
})

test('a slash at the end of the prefix does not double', () => {
  tell('{"basePath":"/room/"}')
  expect(readBoot().basePath).toBe('/room')
})

test.each([
  [{ session: null }, { session: null }],
  [
    { session: { version: '1' }, overview: { at: '' } },
    { session: { version: '1' }, overview: { at: '' } },
  ],
  [{ session: 7, overview: null }, {}],
])('of the first answers %j it takes %j', (told, taken) => {
  tell(JSON.stringify(told))
  expect(readBoot()).toEqual({ basePath: '', title: '', environment: '', language: '', ...taken })
})
