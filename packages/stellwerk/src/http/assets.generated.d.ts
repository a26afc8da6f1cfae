import type { BuiltAssets } from './assets.ts'

/** The built control room; `npm run build` writes the module. */
export declare const assets: BuiltAssets
