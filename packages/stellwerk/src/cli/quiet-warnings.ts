/**
 * Keeps two warnings of Node from the terminal, and no other: that node:sqlite is experimental, and that a TypeScript module
 * was read twice because its package.json names no type.
 */
export function quietWarnings(): void {
  const emit = process.emitWarning.bind(process)
  process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]): void => {
    if (!isNoise(warning, rest)) Reflect.apply(emit, process, [warning, ...rest])
  }
}

function isNoise(warning: string | Error, [type, code]: readonly unknown[]): boolean {
  const text = typeof warning === 'string' ? warning : warning.message
  if (code === 'MODULE_TYPELESS_PACKAGE_JSON' || text.startsWith('Failed to load the ES module')) return true
  return type === 'ExperimentalWarning' && text.startsWith('SQLite')
}
