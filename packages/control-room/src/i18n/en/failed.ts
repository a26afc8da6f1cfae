import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')

/** The list of failures. */
export const failed = {
  title: 'Failures',
  caption: 'Failed jobs, newest first',
  column: {
    id: 'Id',
    type: 'Type',
    queue: 'Queue',
    error: 'Error',
    failedAt: 'Failed',
    attempts: 'Attempts',
    actions: 'Actions',
  },
  total: (count: number) => plural(count, { one: '# failed job', other: '# failed jobs' }),
  totalMatching: (count: number) => plural(count, { one: '# failed job matches', other: '# failed jobs match' }),
  totalMany: (count: string) => `more than ${count} failed jobs`,
  empty: 'No failed jobs',
  emptyHint:
    'Everything runs smoothly. A job comes here once its last attempt has failed, and stays until you retry or delete it.',
  noMatch: 'No failed job matches',
  allMatching: 'All that match',
  bulk: {
    title: 'Under way in the server',
    retry: {
      running: (changed: string, matched: string, by: string) => `Retrying: ${changed} of ${matched}, by ${by}`,
      done: (changed: string, by: string) => `${changed} retried, by ${by}`,
      part: (changed: string, matched: string, by: string) => `${changed} of ${matched} retried, by ${by}`,
    },
    delete: {
      running: (changed: string, matched: string, by: string) => `Deleting: ${changed} of ${matched}, by ${by}`,
      done: (changed: string, by: string) => `${changed} deleted, by ${by}`,
      part: (changed: string, matched: string, by: string) => `${changed} of ${matched} deleted, by ${by}`,
    },
    stopped: (why: string) => `Ended early: ${why} What was changed stands; order it again for the rest.`,
    reason: {
      CLOSED: 'the server was stopped.',
      PERMISSION_DENIED: 'the right to do it was taken away.',
    } as Readonly<Record<string, string>>,
    failed: 'the server could not go on.',
    hide: 'Hide',
  },
  bulkBlocked: 'Mend the filter first: a part of it is not understood.',
}
