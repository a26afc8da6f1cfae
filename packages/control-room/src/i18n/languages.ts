import type { Messages } from './messages.ts'

/** The languages of the room, by their own names. */
export const languages = { en: 'English', de: 'Deutsch' } as const

/** A language of the room. */
export type Language = keyof typeof languages

/** True for a language of the room. */
export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text)
}

/** What was chosen, else the first of `wishes` (such as 'de-AT') that the room speaks, else English. */
export function chooseLanguage(chosen: Language | null, wishes: readonly string[]): Language {
  if (chosen !== null) return chosen
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}

/** Loads the messages of a language; each is a file of its own. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'de' ? (await import('./de.ts')).de : (await import('./en.ts')).en
}
