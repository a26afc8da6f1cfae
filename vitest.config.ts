import { defineConfig } from 'vitest/config'

const SETUP = './packages/stellwerk/test/setup'
const SOURCE = 'packages/stellwerk/src'
const FAULTS = 'packages/stellwerk/test/faults'
/** Faults without leases of a second and without time limits of their own: they may have any neighbour. */
const PATIENT_FAULTS = `${FAULTS}/{x{10,11,13,16,17,18,21,25}-*,trust-runs-out}.test.ts`
/** Faults that compare rates, or promise a second: they are alone on the machine. */
const LONELY_FAULTS = `${FAULTS}/{x1-killed-workers,x22-wal-growth,x23-held-snapshot}.test.ts`
/** One more than the least machine has cores: who waits for a server or a process leaves its core to another. */
const testsAtOnce = 3
/** At the figures of every test run the others stand still more than they work; at larger ones each is alone. */
const faultsAtOnce = process.env['STELLWERK_FAULTS'] === undefined ? 2 : 1
const setupFiles = [`${SETUP}/no-leftovers.ts`]
/** For projects that start what is shipped. */
const globalSetup = [`${SETUP}/built-package-global-setup.ts`]

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
          include: [
            `${SOURCE}/**/*.test.ts`,
            'packages/stellwerk/test/setup/*.test.ts',
            'packages/stellwerk/test/postgres/{pgbouncer,other-version}.test.ts',
          ],
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: testsAtOnce,
        },
      },
      {
        test: {
          name: 'room',
          pool: 'forks',
          // The surroundings of a browser take longer to make than the tests take to run.
          isolate: false,
          environment: 'happy-dom',
          include: ['packages/control-room/src/**/*.test.{ts,tsx}'],
          setupFiles,
          testTimeout: 20_000,
          maxWorkers: testsAtOnce,
        },
      },
      {
        test: {
          name: 'processes',
          pool: 'forks',
          globalSetup,
          include: [
            'packages/stellwerk/test/**/*.test.ts',
            'packages/control-room/test/*.test.ts',
            'demo/*.test.ts',
            'bench/*.test.ts',
            'bench/seed/*.test.ts',
            'bench/peers/*.test.ts',
          ],
          exclude: [
            'packages/stellwerk/test/setup/**',
            'packages/stellwerk/test/faults/**',
            'packages/stellwerk/test/browser/**',
            'packages/control-room/test/pages.test.ts',
            'packages/control-room/test/first-visit.test.ts',
            'packages/stellwerk/test/postgres/{pgbouncer,other-version}.test.ts',
          ],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: testsAtOnce,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'faults-beside',
          pool: 'forks',
          globalSetup,
          include: [PATIENT_FAULTS],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: testsAtOnce,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'faults',
          pool: 'forks',
          globalSetup,
          include: [`${FAULTS}/**/*.test.ts`],
          exclude: [PATIENT_FAULTS, LONELY_FAULTS],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: faultsAtOnce,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'faults-alone',
          pool: 'forks',
          globalSetup,
          include: [LONELY_FAULTS],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'browser',
          pool: 'forks',
          globalSetup,
          include: [
            'packages/stellwerk/test/browser/**/*.test.ts',
            'packages/control-room/test/{pages,first-visit}.test.ts',
          ],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: testsAtOnce,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'examples',
          pool: 'forks',
          globalSetup,
          include: ['examples/*.test.ts'],
          setupFiles,
          testTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
