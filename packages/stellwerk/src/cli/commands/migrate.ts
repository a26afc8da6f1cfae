import type { CliCommand } from '../cli-command.ts'
import { withProject } from '../open-project.ts'

/** `stellwerk migrate`: creates or upgrades the schema. Safe to repeat and to run from several machines at once. */
export const migrateCommand: CliCommand = {
  configure: (command) => {
    command.addHelpText('after', '\nExample:\n  stellwerk migrate --store postgres://app@db/app')
  },
  run: (invocation) =>
    withProject(invocation, { migrate: true }, async ({ stellwerk }) => {
      const version = await stellwerk.deps().store.schema.version()
      if (invocation.output.json) invocation.output.value({ schema: version })
      else
        invocation.output.line(
          `the schema is at version ${version?.version ?? 'none'}; programs from version ${version?.oldestProgram ?? 'none'} on may use it`,
        )
      return 0
    }),
}
