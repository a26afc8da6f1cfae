import { expect, test } from 'vitest'
import { errorReport } from './error-report.ts'

const job = { id: '17', type: 'send-email', queue: 'mails', tries: 3 }
const attempt = {
  attempt: 2,
  kind: 'error',
  errorClass: 'Oops',
  message: 'no route',
  stack: 'Oops: no route\n    at send (/app/mail.ts:1:2)',
  causes: [{ errorClass: 'Error', message: 'ECONNREFUSED' }],
  host: 'web-7',
  stationId: 's',
  workerId: null,
  startedAt: null,
  finishedAt: '2026-03-01T12:00:00.000Z',
  runMs: 12,
  memoryBytes: null,
  memoryPeakBytes: null,
} as const

test('the report names job, place, error, stack and causes', () => {
  expect(errorReport(job, { ...attempt, causes: [...attempt.causes] }, 'http://room/jobs/17')).toBe(
    [
      'Job 17 send-email (queue mails), attempt 2 of 3',
      '2026-03-01T12:00:00.000Z on web-7',
      'http://room/jobs/17',
      '',
      'Oops: no route',
      '    at send (/app/mail.ts:1:2)',
      'Caused by Error: ECONNREFUSED',
    ].join('\n'),
  )
})

test('an error without a stack, and one whose stack does not say the message, are told whole', () => {
  expect(errorReport(job, { ...attempt, causes: [], stack: null }, '')).toContain('Oops: no route')
  const report = errorReport(job, { ...attempt, causes: [], stack: '    at x (y:1:1)' }, '')
  expect(report).toContain('Oops: no route\n    at x (y:1:1)')
})
