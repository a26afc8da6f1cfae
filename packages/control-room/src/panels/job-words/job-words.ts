import { job as de } from '../../i18n/de/job.ts'
import { job as en } from '../../i18n/en/job.ts'
import type { Language } from '../../i18n/languages.ts'
import { useLanguage } from '../../i18n/messages-context.tsx'

/** What the page of a job says. */
export type JobWords = typeof en

/** The words in each language: they come with the page that says them, and weigh nothing on the others. */
export const jobWords: Readonly<Record<Language, JobWords>> = { en, de }

/** What the page of a job says, in the language of the moment. */
export function useJobWords(): JobWords {
  return jobWords[useLanguage()]
}
