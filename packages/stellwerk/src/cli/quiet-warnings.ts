/**
 * Keeps three warnings of Node from the terminal, and no other: that node:sqlite is experimental, that a TypeScript module was read twice
 * because its package.json names no type, and that it was not read as a module, which our own error then says with the remedy.
 */
export function quietWarnings(): void {
  const printers = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (!isNoise(warning)) for (const print of printers) print(warning)
  })
}

function isNoise(warning: Error & { readonly code?: string }): boolean {
  if (warning.code === 'MODULE_TYPELESS_PACKAGE_JSON' || warning.message.startsWith('Failed to load the ES module'))
    return true
  return warning.name === 'ExperimentalWarning' && warning.message.startsWith('SQLite')
}
