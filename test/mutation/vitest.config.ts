import { defineConfig } from 'vitest/config'

/** The unit tests of the pure rules alone: no server, no processes. */
export default defineConfig({ test: { pool: 'threads', include: ['packages/stellwerk/src/domain/**/*.test.ts'] } })
