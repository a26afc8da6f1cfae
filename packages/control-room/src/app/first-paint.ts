import { applyAppearance } from './appearance.ts'
import { readPreferences } from './read-preferences.ts'

// Runs before the first paint, as a classic script of its own: nothing else may be imported here.
applyAppearance(readPreferences(), document.documentElement)
