import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')
const jobs = (count: number) => plural(count, { one: '# job', other: '# jobs' })

/** What can be done with jobs, and the dialog that asks first. */
export const actions = {
  retry: 'Retry',
  cancel: 'Cancel job',
  delete: 'Delete',
  prioritize: 'Priority',
  archive: 'Archive',
  release: 'Release from archive',
  retryAll: 'Retry all',
  deleteAll: 'Delete all',
  more: 'More',
  title: {
    retry: (count: number) => `Retry ${jobs(count)}?`,
    cancel: (count: number) => `Cancel ${jobs(count)}?`,
    delete: (count: number) => `Delete ${jobs(count)}?`,
    prioritize: (count: number) => `Change the priority of ${jobs(count)}`,
    archive: (count: number) => `Archive ${jobs(count)}?`,
    release: (count: number) => `Release ${jobs(count)} from the archive?`,
  },
  means: {
    retry: (count: number) =>
      plural(count, {
        one: 'It goes back to its queue, due now, with a fresh budget of attempts. Its history stays.',
        other: 'They go back to their queues, due now, with a fresh budget of attempts. Their history stays.',
      }),
    cancel: (count: number) =>
      plural(count, {
        one: 'It will not run; if it runs already, it is aborted. A cancelled job can be retried later.',
        other: 'They will not run; those that run already are aborted. A cancelled job can be retried later.',
      }),
    delete: (count: number) =>
      plural(count, {
        one: 'It is gone for good, with its payload, attempts and log.',
        other: 'They are gone for good, with their payloads, attempts and logs.',
      }),
    prioritize: () => 'Higher goes first, within a queue.',
    archive: (count: number) =>
      plural(count, {
        one: 'It is kept whole, with payload, attempts and log, until somebody releases it.',
        other: 'They are kept whole, with payloads, attempts and logs, until somebody releases them.',
      }),
    release: (count: number) =>
      plural(count, {
        one: 'Retention applies to it again, from the time of its end on: if it is older, it goes soon.',
        other: 'Retention applies to them again, from the time of their end on: those that are older go soon.',
      }),
  },
  meansRunning:
    'It runs: its station is told to abort its signal. A handler that does not heed it in time is ended with its process; neighbours go back to their queue with their attempts restored.',
  toldToCancel: 'Its station was told to abort it.',
  priority: 'Priority',
  priorityHint: '-100 to 100; low is -10, normal 0, high 10, critical 20',
  priorityWrong: 'Give a whole number from -100 to 100.',
  counting: 'Counting what this would change',
  willChange: {
    retry: (count: number) => `${jobs(count)} will be retried.`,
    cancel: (count: number) => `${jobs(count)} will be cancelled.`,
    delete: (count: number) => `${jobs(count)} will be deleted.`,
    prioritize: (count: number) => `${jobs(count)} will change.`,
    archive: (count: number) => `${jobs(count)} will be archived.`,
    release: (count: number) => `${jobs(count)} will be released.`,
  },
  changed: {
    retry: (count: number) => `${jobs(count)} retried.`,
    cancel: (count: number) => `${jobs(count)} cancelled.`,
    delete: (count: number) => `${jobs(count)} deleted.`,
    prioritize: (count: number) => `${jobs(count)} changed.`,
    archive: (count: number) => `${jobs(count)} archived.`,
    release: (count: number) => `${jobs(count)} released.`,
  },
  goesOn: (count: number) => `${jobs(count)}: it goes on in the server, also when you leave.`,
  nothing: 'None of them can be changed now.',
  refused: (count: number) => plural(count, { one: '# job stays as it is:', other: '# jobs stay as they are:' }),
  refusedWas: (count: number) =>
    plural(count, { one: '# job was left as it was:', other: '# jobs were left as they were:' }),
  refusedMore: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  reason: {
    JOB_NOT_FOUND: 'gone',
    JOB_NOT_RETRYABLE: 'not in a state that can be retried',
    JOB_NOT_WAITING: 'not waiting',
    JOB_PROCESSING: 'running',
    JOB_NOT_ARCHIVABLE: 'not completed or cancelled, or archived already',
    JOB_NOT_ARCHIVED: 'not archived',
    PERMISSION_DENIED: 'not allowed for your role',
  } as Readonly<Record<string, string>>,
  typeToConfirm: (text: string) => `This is production. Type ${text} to confirm.`,
  confirm: {
    retry: (count: number) => `Retry ${jobs(count)}`,
    cancel: (count: number) => `Cancel ${jobs(count)}`,
    delete: (count: number) => `Delete ${jobs(count)}`,
    prioritize: (count: number) => `Change ${jobs(count)}`,
    archive: (count: number) => `Archive ${jobs(count)}`,
    release: (count: number) => `Release ${jobs(count)}`,
  },
  working: 'Working',
  back: 'Not now',
  done: 'Done',
  notAllowed: (permission: string) => `Your role lacks the permission ${permission}.`,
}
