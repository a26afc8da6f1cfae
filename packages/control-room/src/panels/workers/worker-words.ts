import { workers as de } from '../../i18n/de/workers.ts'
import { workers as en } from '../../i18n/en/workers.ts'
import type { Language } from '../../i18n/languages.ts'
import { useLanguage } from '../../i18n/messages-context.tsx'

/** What the pages of workers say. */
export type WorkerWords = typeof en

/** The words in each language: they come with the pages that say them, and weigh nothing on the others. */
export const workerWords: Readonly<Record<Language, WorkerWords>> = { en, de }

/** What the pages of workers say, in the language of the moment. */
export function useWorkerWords(): WorkerWords {
  return workerWords[useLanguage()]
}
