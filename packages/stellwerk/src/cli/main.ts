#!/usr/bin/env node
// Parsed by every Node since 18: nothing is imported before the version is known to be right.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `stellwerk: needs Node 24.15 or newer and this is Node ${process.versions.node}; install a newer one, or run 'npx -p node@24 stellwerk'\n`,
  )
  process.exitCode = 9
} else {
  keepCompiledCode()
  void import('./start.ts').then(({ start }) => start(process.argv.slice(2)))
}

/** A third of a short command is compiling: V8's result is kept in a directory of the user's own, never in the shared temporary one. */
function keepCompiledCode(): void {
  const home = process.env['XDG_CACHE_HOME'] || (process.env['HOME'] && `${process.env['HOME']}/.cache`)
  if (home && !process.env['NODE_COMPILE_CACHE']) {
    process.getBuiltinModule('node:module').enableCompileCache(`${home}/stellwerk`)
  }
}
