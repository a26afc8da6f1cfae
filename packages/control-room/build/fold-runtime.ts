import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const EXPORTS = /export\s*\{([^}]*)\};?\s*$/

/** `e as n, t` of an import or export as entries of an object: what stands before `as` and what after it. */
function pairs(list: string): readonly (readonly [string, string])[] {
  return list.split(',').map((part) => {
    const [from = '', to = from] = part.trim().split(/\s+as\s+/)
    return [from, to]
  })
}

/** Reads the runtime's names from the object that the shell keeps them in. */
function reading(list: string, from: string): string {
  return `const{${pairs(list)
    .map(([name, local]) => `${name}:${local}`)
    .join(',')}}=${from};`
}

/** The lines of a chunk with the runtime taken from elsewhere; `before` stands in front of them. */
function withoutFile(code: string, file: string, reads: (list: string) => string): string {
  const imported = new RegExp(`import(?:\\{([^}]*)\\}from)?"\\./${file}";`)
  return code.replace(imported, (_match, list: string | undefined) => (list === undefined ? '' : reads(list)))
}

/**
 * The bundler keeps its few lines for CommonJS in a file of their own as soon as chunks are grouped by hand. They are put into the shell, which every
 * page loads first: one request less on every first visit.
 */
export function foldRuntime(): Plugin {
  return {
    name: 'fold-runtime',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk')
      const names = chunks.map(({ fileName }) => fileName.replace('assets/', ''))
      const runtime = names.find((name) => name.startsWith('rolldown-runtime-'))
      const shell = names.find((name) => name.startsWith('room-'))
      if (runtime === undefined || shell === undefined)
        throw new Error('there is no runtime, or no shell to fold it into')
      const pathOf = (name: string): string => join(dir, 'assets', name)
      const source = readFileSync(pathOf(runtime), 'utf8')
      const exported = EXPORTS.exec(source)?.[1]
      if (exported === undefined) throw new Error(`${runtime} ends without a list of exports`)
      const kept = pairs(exported).map(([local, name]) => `${name}:${local}`)
      const own = `const $runtime=(()=>{${source.replace(EXPORTS, '')}return{${kept.join(',')}}})();`
      for (const name of names.filter((one) => one !== runtime)) {
        const code = readFileSync(pathOf(name), 'utf8')
        const reads = (list: string): string =>
          name === shell ? reading(list, '$runtime') : `import{$runtime}from"./${shell}";${reading(list, '$runtime')}`
        const folded = withoutFile(code, runtime, reads).replaceAll(runtime, shell)
        writeFileSync(pathOf(name), name === shell ? `${own}${folded}\nexport{$runtime};` : folded)
      }
      const page = join(dir, 'index.html')
      const html = readFileSync(page, 'utf8')
      writeFileSync(page, html.replace(new RegExp(`\\s*<(?:script|link)[^>]*${runtime}"[^>]*>(?:</script>)?`), ''))
      rmSync(pathOf(runtime))
    },
  }
}
