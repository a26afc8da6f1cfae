import type { Preferences } from './read-preferences.ts'

/** What follows the system where nothing was chosen. */
export const darkQuery = '(prefers-color-scheme: dark)'

/** Sets theme and density on the root element; the style sheets know nothing else. */
export function applyAppearance(preferences: Preferences, root: HTMLElement): void {
  const isDark = preferences.theme === 'dark' || (preferences.theme === 'system' && matchMedia(darkQuery).matches)
  root.dataset['theme'] = isDark ? 'dark' : 'light'
  root.dataset['density'] = preferences.density
}
