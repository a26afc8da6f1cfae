import { safeLine } from '../../std/terminal-safe.ts'
import type { CliCommand, Invocation } from '../cli-command.ts'
import { examine, type Finding } from '../examine.ts'
import type { Output } from '../output.ts'

/** `stellwerk doctor`: looks at everything a station needs and says what to do. Exit code 7 where something needs attention. */
export const doctorCommand: CliCommand = {
  configure: (command) => {
    command.addHelpText(
      'after',
      '\nChanges nothing: the store is opened without an upgrade. Exits 7 where something needs attention.\n\nExample:\n  stellwerk doctor',
    )
  },
  run: async (invocation: Invocation) => {
    const findings = await examine(invocation)
    const ok = findings.every((finding) => finding.ok)
    if (invocation.output.json) invocation.output.value({ ok, checks: findings })
    else for (const finding of findings) writeFinding(invocation.output, finding)
    return ok ? 0 : 7
  },
}

function writeFinding(output: Output, { name, ok, found, remedy }: Finding): void {
  const mark = ok ? output.paint('green', 'ok  ') : output.paint('red', 'look')
  output.line(`${mark}  ${name.padEnd(20)}  ${safeLine(found)}`)
  if (remedy !== null) output.line(`      ${''.padEnd(20)}  ${output.paint('yellow', safeLine(remedy))}`)
}
