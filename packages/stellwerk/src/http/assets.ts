import { brotliDecompressSync } from 'node:zlib'

/** One file of the built control room; its bytes are base64. */
export interface BuiltAsset {
  readonly type: string
  readonly etag: string
  /** Whether its name changes with its content: then browsers keep it for good. */
  readonly isHashed: boolean
  readonly brotli: string
  readonly gzip: string
}

/** Every file by its path below the mount, such as `assets/index-3f2a.js`; the page itself is text, since the server completes it. */
export interface BuiltAssets {
  readonly page: string
  readonly files: Readonly<Record<string, BuiltAsset>>
}

/** A loader of the built control room; null where it was not built. Loads once. */
export type AssetLoader = () => Promise<BuiltAssets | null>

/** Loads the module that the build wrote beside this one: no file is looked for at run time, so that bundlers take it along. */
export function createAssetLoader(): AssetLoader {
  let loading: Promise<BuiltAssets | null> | undefined
  return () => {
    loading ??= import('./assets.generated.js').then(
      ({ assets }) => assets,
      () => null,
    )
    return loading
  }
}

/** The encodings in which files are kept, the better first. */
const encodings = ['br', 'gzip'] as const

/** Answers with one file; undefined where there is none of that path. Paths come from the build's own list, never from the file system. */
export function assetResponse(assets: BuiltAssets, path: string, headers: Headers): Response | undefined {
  const asset = Object.hasOwn(assets.files, path) ? assets.files[path] : undefined
  if (asset === undefined) return undefined
  const fields: Record<string, string> = {
    etag: asset.etag,
    vary: 'accept-encoding',
    'cache-control': asset.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (matchesTag(headers.get('if-none-match'), asset.etag)) return new Response(null, { status: 304, headers: fields })
  const encoding = chooseEncoding(headers.get('accept-encoding'))
  if (encoding !== null) fields['content-encoding'] = encoding
  const bytes = bytesOf(asset, encoding)
  return new Response(bytes, {
    headers: { ...fields, 'content-type': asset.type, 'content-length': String(bytes.length) },
  })
}

/** The best of ours that a client takes; null where it takes none. */
export function chooseEncoding(accepted: string | null): (typeof encodings)[number] | null {
  if (accepted === null) return null
  const refused = new Set<string>()
  const named = new Set<string>()
  for (const part of accepted.toLowerCase().split(',').slice(0, 20)) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    if (isRefused) refused.add(name)
    else named.add(name)
  }
  return encodings.find((name) => !refused.has(name) && (named.has(name) || named.has('*'))) ?? null
}

const decoded = new WeakMap<BuiltAsset, Map<string, Uint8Array<ArrayBuffer>>>()

/** The bytes in an encoding, made once per file and encoding. */
function bytesOf(asset: BuiltAsset, encoding: (typeof encodings)[number] | null): Uint8Array<ArrayBuffer> {
  const forms = decoded.get(asset) ?? new Map<string, Uint8Array<ArrayBuffer>>()
  decoded.set(asset, forms)
  const known = forms.get(String(encoding))
  if (known !== undefined) return known
  const kept = Buffer.from(encoding === 'gzip' ? asset.gzip : asset.brotli, 'base64')
  const bytes = new Uint8Array(encoding === null ? brotliDecompressSync(kept) : kept)
  forms.set(String(encoding), bytes)
  return bytes
}

function matchesTag(header: string | null, etag: string): boolean {
  if (header === null) return false
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*')
}
