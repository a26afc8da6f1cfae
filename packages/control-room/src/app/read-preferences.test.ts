import { afterEach, expect, test } from 'vitest'
import { applyAppearance } from './appearance.ts'
import { PREFERENCES_KEY, readPreferences } from './read-preferences.ts'

const standard = { theme: 'system', language: null, timeZone: 'local', density: 'normal', hasShortcuts: true }

afterEach(() => localStorage.clear())

test('without a choice everything is as the system and the browser have it', () => {
  expect(readPreferences()).toEqual(standard)
})

test('each value is checked by itself: nonsense takes nothing else along', () => {
  localStorage.setItem(
    PREFERENCES_KEY,
    JSON.stringify({ theme: 'dark', language: 'fr', density: 7, hasShortcuts: false }),
  )
  expect(readPreferences()).toEqual({ ...standard, theme: 'dark', hasShortcuts: false })
})

test.each(['{', 'null', '[]', '"dark"', '7'])('kept text %s is no choice', (text) => {
  localStorage.setItem(PREFERENCES_KEY, text)
  expect(readPreferences()).toEqual(standard)
})

test('a chosen theme stands on the root element, whatever the system wants', () => {
  const root = document.createElement('html')
  applyAppearance({ ...readPreferences(), theme: 'dark', density: 'compact' }, root)
  expect(root.dataset).toMatchObject({ theme: 'dark', density: 'compact' })
})
