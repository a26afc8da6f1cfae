/** How a process ended, as the operating system told; all null: it was never started. `fault`: what else is known of it. */
export interface ToldEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly fault: string | null
}

/**
 * Every sentence of Stellwerk's own that says why a worker's process ended (`WorkerExit.reason`): kept with the worker, shown to people. The control room has
 * words for each of them in its languages, and shows others, such as the message of an error, as they are.
 */
export const exitReasons = {
  toldToStop: () => 'an order told it to stop now',
  stationStops: () => 'the station stops',
  contactLost: () => 'its station had been without contact to the store for too long',
  stayed: () => 'it did not leave when it was told to',
  left: () => 'it left as it was told',
  leftForMemory: () => 'it left because of its memory',
  died: (end: ToldEnd) => `it died (${describeEnd(end)})`,
  badMessage: (fault: string) => `it wrote into its channel what is no message: ${fault}`,
  otherProgram: (its: string, stations: string) =>
    `its program is version ${its}, that of its station ${stations}: the package was replaced while the station ran; restart the station`,
  deafHandler: (jobId: number) => `the handler of job ${jobId} did not heed its signal`,
  overdue: ({ id, type }: { readonly id: number; readonly type: string }, cause: string) =>
    `job ${id} (${type}) did not end ${cause === 'timeout' ? 'at its timeout' : 'when it was cancelled'}`,
} as const

/** What is known of a crash that one job is charged with. `memoryBytes`: at its last report, 0 where it made none. */
export interface CrashFacts {
  readonly jobId: number
  readonly crashes: number
  readonly end: ToldEnd
  readonly memoryBytes: number
}

/** The message of a crash, kept with the job that ran alone; the control room has words for it as well. */
export function crashMessage({ jobId, crashes, end, memoryBytes }: CrashFacts): string {
  return (
    `the worker died while it ran job ${jobId} alone (${describeEnd(end)}${sized(memoryBytes)}; crash ${crashes}): ` +
    'look for a native crash, process.exit, an unhandled rejection or a lack of memory in its handler, then retry it'
  )
}

/** 'exit code 1', 'signal SIGKILL', or that it could not be started. */
export function describeEnd({ code, signal, fault }: ToldEnd): string {
  if (signal !== null) return `signal ${signal}`
  return code === null ? `it could not be started: ${fault ?? 'the system does not say why'}` : `exit code ${code}`
}

function sized(bytes: number): string {
  return bytes === 0 ? '' : `, ${Math.round(bytes / 1_048_576)} MB`
}
