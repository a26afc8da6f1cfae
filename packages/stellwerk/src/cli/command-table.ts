import type { CliCommand } from './cli-command.ts'

/** A command by name; its module is loaded only when it is called. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CliCommand>
}

/** Every command, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'write a configuration and a first job',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'dev',
    summary: 'run station and control room; the station restarts when a file changes',
    load: async () => (await import('./commands/dev.ts')).devCommand,
  },
  {
    name: 'serve',
    summary: 'open the control room',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  { name: 'work', summary: 'run a station', load: async () => (await import('./commands/work.ts')).workCommand },
  {
    name: 'dispatch',
    summary: 'dispatch a job',
    load: async () => (await import('./commands/dispatch.ts')).dispatchCommand,
  },
  {
    name: 'jobs',
    summary: 'list jobs, newest first',
    load: async () => (await import('./commands/jobs.ts')).jobsCommand,
  },
  {
    name: 'job',
    summary: 'show one job with its attempts and lines',
    load: async () => (await import('./commands/job.ts')).jobCommand,
  },
  {
    name: 'priority',
    summary: 'change the priority of a waiting job',
    load: async () => (await import('./commands/priority.ts')).priorityCommand,
  },
  {
    name: 'failed',
    summary: 'list failed jobs',
    load: async () => (await import('./commands/failed.ts')).failedCommand,
  },
  {
    name: 'retry',
    summary: 'put failed jobs back onto their queues',
    load: async () => (await import('./commands/retry.ts')).retryCommand,
  },
  {
    name: 'forget',
    summary: 'delete failed jobs, or one job of any state',
    load: async () => (await import('./commands/forget.ts')).forgetCommand,
  },
  {
    name: 'flush',
    summary: 'delete all failed jobs',
    load: async () => (await import('./commands/flush.ts')).flushCommand,
  },
  {
    name: 'cancel',
    summary: 'cancel waiting or running jobs',
    load: async () => (await import('./commands/cancel.ts')).cancelCommand,
  },
  {
    name: 'archive',
    summary: 'keep completed or cancelled jobs until they are released',
    load: async () => (await import('./commands/archive.ts')).archiveCommand,
  },
  {
    name: 'release',
    summary: 'hand archived jobs back to retention',
    load: async () => (await import('./commands/release.ts')).releaseCommand,
  },
  {
    name: 'queues',
    summary: 'show every queue with its counts',
    load: async () => (await import('./commands/queues.ts')).queuesCommand,
  },
  {
    name: 'pause',
    summary: 'keep jobs of queues, or workers, from taking anything new',
    load: async () => (await import('./commands/pause.ts')).pauseCommand,
  },
  {
    name: 'resume',
    summary: 'let paused queues or workers go on',
    load: async () => (await import('./commands/resume.ts')).resumeCommand,
  },
  {
    name: 'maintenance',
    summary: 'claim nothing at all, but by workers with force',
    load: async () => (await import('./commands/maintenance.ts')).maintenanceCommand,
  },
  {
    name: 'workers',
    summary: 'show every worker, how it is and what it does',
    load: async () => (await import('./commands/workers.ts')).workersCommand,
  },
  {
    name: 'restart',
    summary: 'restart workers, all of them or some',
    load: async () => (await import('./commands/restart.ts')).restartCommand,
  },
  {
    name: 'stop',
    summary: 'stop workers, a pool, or a station',
    load: async () => (await import('./commands/stop.ts')).stopCommand,
  },
  {
    name: 'start',
    summary: 'start workers of a pool that was stopped',
    load: async () => (await import('./commands/start.ts')).startCommand,
  },
  {
    name: 'scale',
    summary: 'change how many workers a pool has',
    load: async () => (await import('./commands/scale.ts')).scaleCommand,
  },
  {
    name: 'top',
    summary: 'watch queues, workers, running jobs and failures live, and steer them',
    load: async () => (await import('./commands/top.ts')).topCommand,
  },
  {
    name: 'metrics',
    summary: 'show throughput, waiting and running times by minute',
    load: async () => (await import('./commands/metrics.ts')).metricsCommand,
  },
  {
    name: 'token',
    summary: 'make, list and revoke tokens for the interface and the control room',
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
  {
    name: 'audit',
    summary: 'show who did what, and whether the log is as it was written',
    load: async () => (await import('./commands/audit.ts')).auditCommand,
  },
  {
    name: 'config',
    summary: 'show every effective setting and where it came from',
    load: async () => (await import('./commands/config.ts')).configCommand,
  },
  {
    name: 'migrate',
    summary: 'create or upgrade the schema of the store',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  {
    name: 'prune',
    summary: 'remove what is older than its retention',
    load: async () => (await import('./commands/prune.ts')).pruneCommand,
  },
  {
    name: 'doctor',
    summary: 'check Node, configuration, store and stations',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
]
