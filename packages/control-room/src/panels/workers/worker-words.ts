import type { Worker } from '../../../../stellwerk/src/http/schemas/worker.ts'
import { workers as de } from '../../i18n/de/workers.ts'
import { workers as en } from '../../i18n/en/workers.ts'
import type { Language } from '../../i18n/languages.ts'
import { useLanguage } from '../../i18n/messages-context.tsx'

/** What the pages of workers say. */
export type WorkerWords = typeof en

/** The words in each language: they come with the pages that say them, and weigh nothing on the others. */
export const workerWords: Readonly<Record<Language, WorkerWords>> = { en, de }

/** The same with a capital at its beginning: words that also stand within a sentence. Pure. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Whether what is known of a worker is only the last that it said. Pure. */
export function isPast({ status }: Pick<Worker, 'status'>): boolean {
  return status === 'lost' || status === 'stopped'
}

/** What the pages of workers say, in the language of the moment. */
export function useWorkerWords(): WorkerWords {
  return workerWords[useLanguage()]
}
