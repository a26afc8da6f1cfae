import { setTimeout as wait } from 'node:timers/promises'
import { defineJob } from 'stellwerk'

/** What worker processes of the tests in the browser run: soon done. */
export const quick = defineJob({ name: 'quick', queue: 'mails', handle: () => 'sent' })

/** Runs until its signal is aborted. */
export const endless = defineJob({
  name: 'endless',
  queue: 'mails',
  timeout: '10m',
  handle: (_payload, { signal }) => wait(600_000, undefined, { signal }),
})
