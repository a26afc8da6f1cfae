import { expect, test } from 'vitest'
import { draw } from '../../../test/draw.tsx'
import { AttemptMessage } from './attempt-message.tsx'

async function langOf(kind: 'crash' | 'error', message: string): Promise<string | null | undefined> {
  const drawing = await draw(<AttemptMessage attempt={{ kind, message }} />)
  expect(drawing.place.textContent).toBe(message)
  const lang = drawing.place.querySelector('span')?.getAttribute('lang')
  await drawing.remove()
  return lang
}

test('a message of Stellwerk that the room has no words for is marked as English, one of a handler never', async () => {
  expect(await langOf('crash', 'the worker fell over')).toBe('en')
  expect(await langOf('error', 'exit code 1')).toBeNull()
})
