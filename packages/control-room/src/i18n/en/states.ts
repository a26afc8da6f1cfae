/** States in a word. */
export const states = {
  job: {
    scheduled: 'Scheduled',
    pending: 'Pending',
    blocked: 'Blocked',
    processing: 'Processing',
    retrying: 'Retrying',
    completed: 'Completed',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  queue: { idle: 'Idle', running: 'Running', waiting: 'Waiting', stuck: 'Stuck' },
  station: { active: 'Active', idle: 'Idle', lost: 'Lost', stopped: 'Stopped' },
  verdict: { quiet: 'All quiet', attention: 'Attention', degraded: 'Degraded', down: 'Down' },
}
