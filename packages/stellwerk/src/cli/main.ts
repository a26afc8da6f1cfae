#!/usr/bin/env node
// Parsed by every Node since 18: nothing is imported before the version is known to be right.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `stellwerk: needs Node 24.15 or newer and this is Node ${process.versions.node}; install a newer one, or run 'npx -p node@24 stellwerk'\n`,
  )
  process.exitCode = 9
} else {
  // A third of a short command is compiling.
  void import('../std/keep-compiled-code.ts').then(async ({ keepCompiledCode }) => {
    keepCompiledCode()
    const { start } = await import('./start.ts')
    await start(process.argv.slice(2))
  })
}
