import type { JobSummary } from '../domain/job/job-record.ts'

/** Stands for any number of tries in a store. */
const endless = 2_147_483_647

/** Tries begun of those that the present budget has, as 1/3; 2/∞ where it ends by time alone. */
export function showTries({ triesBegun, tries }: Pick<JobSummary, 'triesBegun' | 'tries'>): string {
  return `${triesBegun}/${tries >= endless ? '∞' : tries}`
}
