import { createLog, isDetailed } from '../../app/log/create-log.ts'
import { createStreamSink } from '../../app/log/stream-sink.ts'
import { openStore } from '../../app/open-store.ts'
import type { AppliedStep, SchemaVersion } from '../../storage/schema-store.ts'
import type { CliCommand } from '../cli-command.ts'
import { resolveProject } from '../open-project.ts'
import type { Output } from '../output.ts'

/** `stellwerk migrate`: creates or upgrades the schema. Safe to repeat and to run from several machines at once. */
export const migrateCommand: CliCommand = {
  configure: (command) => {
    command.addHelpText('after', '\nExample:\n  stellwerk migrate --store postgres://app@db/app')
  },
  run: async (invocation) => {
    const { values } = await resolveProject(invocation)
    const stderr = createStreamSink('text', (line) => void process.stderr.write(line))
    const log = createLog({ level: 'warn', isDetailed: isDetailed(values, process.env) }, stderr)
    const store = await openStore({ address: values.store, schema: values.schema, listen: false, log })
    try {
      const before = await store.schema.version()
      const steps = await store.schema.migrate()
      const after = await store.schema.version()
      if (invocation.output.json) invocation.output.value({ from: before?.version ?? null, steps, schema: after })
      else writeSteps(invocation.output, { before, steps, after })
      return 0
    } finally {
      await store.close()
    }
  },
}

interface Migrated {
  readonly before: SchemaVersion | null
  readonly steps: readonly AppliedStep[]
  readonly after: SchemaVersion | null
}

function writeSteps(output: Output, { before, steps, after }: Migrated): void {
  const to = after?.version ?? 'none'
  if (steps.length === 0) output.line('nothing to do')
  else
    output.line(before === null ? `made the schema, version ${to}` : `upgraded from version ${before.version} to ${to}`)
  for (const { version, name } of steps) output.line(`  step ${version}: ${name}`)
  output.line(`the schema is at version ${to}; programs from version ${after?.oldestProgram ?? 'none'} on may use it`)
}
