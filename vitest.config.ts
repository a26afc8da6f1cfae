import { defineConfig } from 'vitest/config'

const SETUP = './packages/stellwerk/test/setup'
const setupFiles = [`${SETUP}/no-leftovers.ts`]

export default defineConfig({
  test: {
    globalSetup: [`${SETUP}/postgres-global-setup.ts`],
    reporters: ['default', `${SETUP}/closing-line-reporter.ts`],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/conformance/**'],
      reporter: ['text-summary', 'html', 'json-summary'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'forks',
          include: ['packages/*/src/**/*.test.ts', 'packages/stellwerk/test/setup/*.test.ts'],
          setupFiles,
        },
      },
      {
        test: {
          name: 'processes',
          pool: 'forks',
          include: [
            'packages/stellwerk/test/**/*.test.ts',
            'demo/*.test.ts',
            'bench/*.test.ts',
            'bench/seed/*.test.ts',
            'bench/peers/*.test.ts',
          ],
          exclude: ['packages/stellwerk/test/setup/**'],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'examples',
          pool: 'forks',
          include: ['examples/*.test.ts'],
          setupFiles,
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
