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
  queue: { idle: 'Idle', running: 'Running', waiting: 'Waiting', stuck: 'Stuck', paused: 'Paused' },
  worker: {
    starting: 'Starting',
    active: 'Active',
    idle: 'Idle',
    paused: 'Paused',
    draining: 'Leaving',
    stopped: 'Stopped',
    failed: 'Failed',
    lost: 'Lost',
  },
  verdict: { quiet: 'All quiet', attention: 'Attention', degraded: 'Degraded', down: 'Down' },
}
