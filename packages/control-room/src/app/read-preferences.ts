/** What a person chose in the settings menu; kept in this browser only. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  /** null = as the browser prefers. */
  readonly language: 'en' | 'de' | null
  readonly timeZone: 'local' | 'utc'
  readonly density: 'compact' | 'normal' | 'roomy'
  /** Single keys act (WCAG 2.1.4 asks that this can be switched off). */
  readonly hasShortcuts: boolean
}

/** The values that each choice can have, the default first. */
export const choices = {
  theme: ['system', 'light', 'dark'],
  language: [null, 'en', 'de'],
  timeZone: ['local', 'utc'],
  density: ['normal', 'compact', 'roomy'],
  hasShortcuts: [true, false],
} as const satisfies { [Key in keyof Preferences]: readonly Preferences[Key][] }

/** Key in the browser's local storage. */
export const PREFERENCES_KEY = 'stellwerk.preferences'

function chosen<Value>(allowed: readonly Value[], value: unknown): Value {
  const [standard] = allowed
  const found = allowed.find((candidate) => candidate === value)
  return found === undefined ? (standard as Value) : found
}

/** What is kept, checked value by value; the default where nothing or nonsense is kept, or storage is closed to the page. */
export function readPreferences(): Preferences {
  let kept: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(PREFERENCES_KEY) ?? '{}')
    if (typeof parsed === 'object' && parsed !== null) kept = { ...parsed }
  } catch {
    // Closed storage and broken JSON both mean: nothing was chosen.
  }
  return {
    theme: chosen<Preferences['theme']>(choices.theme, kept['theme']),
    language: chosen<Preferences['language']>(choices.language, kept['language']),
    timeZone: chosen<Preferences['timeZone']>(choices.timeZone, kept['timeZone']),
    density: chosen<Preferences['density']>(choices.density, kept['density']),
    hasShortcuts: chosen<boolean>(choices.hasShortcuts, kept['hasShortcuts']),
  }
}
