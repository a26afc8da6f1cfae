/**
 * What the server says in finished sentences, as it says it: why a worker ended, why a station refused an order, why a worker is not healthy, what ended an attempt from outside.
 * The first that fits counts. `{age}`, `{span}` and `{limit}` are durations, `{size}` is one of memory, `{cpu}` and `{most}` are percentages, `{end}` is a sentence itself.
 */
export const sentences = {
  toldToStop: 'an order told it to stop now',
  stationStops: 'the station stops',
  contactLost: 'its station had been without contact to the store for too long',
  stayed: 'it did not leave when it was told to',
  left: 'it left as it was told',
  leftForMemory: 'it left because of its memory',
  notStartedSilently: 'it died (it could not be started: the system does not say why)',
  notStarted: 'it died (it could not be started: {fault})',
  died: 'it died ({end})',
  badMessage: 'it wrote into its channel what is no message: {fault}',
  otherProgram:
    'its program is version {its}, that of its station {stations}: the package was replaced while the station ran; restart the station',
  deafHandler: 'the handler of job {job} did not heed its signal',
  overdue: 'job {job} ({type}) did not end at its timeout',
  overdueCancel: 'job {job} ({type}) did not end when it was cancelled',
  crash:
    'the worker died while it ran job {job} alone ({end}; crash {crashes}): look for a native crash, process.exit, an unhandled rejection or a lack of memory in its handler, then retry it',
  ranTooLong: 'job {job} ran longer than its timeout of {limit}',
  tooMuchMemory: 'job {job} needed more memory than it may have',
  cancelledMidway: 'job {job} was cancelled while it ran',
  endSized: '{end}, {size}',
  endSignal: 'signal {signal}',
  endCode: 'exit code {code}',
  endUnstartedSilently: 'it could not be started: the system does not say why',
  endUnstarted: 'it could not be started: {fault}',
  noJob: 'job {job} does not run here any more',
  noPool: "this station has no pool '{pool}'",
  noWorker: 'there is no worker {worker} here any more',
  startPoolsOnly: "'start' is for a pool, not for one worker",
  scalePoolsOnly: "'scale' is for a pool, not for one worker",
  uncounted: "pool '{pool}' may have {min} to {max} processes by its configuration, not none",
  outOfBounds: "pool '{pool}' may have {min} to {max} processes by its configuration, not {processes}",
  ownProcess:
    "this station runs handlers in its own process; start it with worker processes to do that: executor 'process'",
  leaseOver: 'the lease of its station is over',
  hasStopped: 'it has stopped',
  hasFailed: 'it has failed',
  oldBeat: 'its last heartbeat is {age} old; under {span} is healthy',
  highCpu: 'it takes {cpu} of a core; under {most} is healthy',
}
