import { useSyncExternalStore } from 'react'
import { applyAppearance, darkQuery } from './appearance.ts'
import { PREFERENCES_KEY, type Preferences, readPreferences } from './read-preferences.ts'

let current = readPreferences()
const listeners = new Set<() => void>()

function show(next: Preferences): void {
  current = next
  applyAppearance(next, document.documentElement)
  for (const listener of listeners) listener()
}

/** Changes some choices, keeps them in this browser, and shows them at once. */
export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...current, ...change }
  try {
    localStorage.setItem(PREFERENCES_KEY, JSON.stringify(next))
  } catch {
    // Closed storage: the choice holds until the page is left.
  }
  show(next)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The choices now. */
export function getPreferences(): Preferences {
  return current
}

/** The choices now; renders again when one changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences)
}

/** The theme that is shown now, also where it follows the system. */
export function useShownTheme(): string {
  return useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme'] ?? 'light')
}

/** Follows the system's theme and what other tabs of this browser choose, for as long as the page lives. */
export function followAppearance(): void {
  matchMedia(darkQuery).addEventListener('change', () => show(current))
  addEventListener('storage', (event) => {
    if (event.key === PREFERENCES_KEY) show(readPreferences())
  })
}
