import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const semanticVersion = /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?(\+[0-9a-z.-]+)?$/i

const manifestSchema = z.looseObject({
  name: z
    .string({ error: 'is missing' })
    .regex(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i, 'is not a name that npm takes'),
  version: z.string({ error: 'is missing' }).regex(semanticVersion, 'is not a version of three numbers'),
  license: z.string({ error: 'is not the text of an SPDX expression' }).optional(),
  description: z.string().optional(),
  main: z.string().optional(),
})

/** What the demo reads of a package.json. */
export type Manifest = z.output<typeof manifestSchema>

/** The manifest in `text`. @throws SyntaxError for text that is no JSON */
export function parseManifest(text: string): {
  readonly manifest: Manifest | null
  readonly complaints: readonly string[]
} {
  const parsed = manifestSchema.safeParse(JSON.parse(text))
  if (parsed.success) return { manifest: parsed.data, complaints: [] }
  return {
    manifest: null,
    complaints: parsed.error.issues.map((issue) => `'${issue.path.join('.')}' ${issue.message}`),
  }
}

/** Whether the file that `main` names is there, looked for as Node does. */
export async function hasEntryFile(folder: string, main: string): Promise<boolean> {
  for (const ending of ['', '.js', '.json', '.node', '/index.js', '/index.json']) {
    const found = await stat(join(folder, main + ending)).catch(() => null)
    if (found?.isFile() === true) return true
  }
  return false
}
