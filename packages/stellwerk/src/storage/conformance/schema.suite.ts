import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'
import { dispatchJob, findJob } from './store-steps.ts'

const cases: StoreCases = {
  'a migrated store tells its version, and there is nothing left to migrate': async ({ store }) => {
    const version = await store.schema.version()
    expect(version?.version).toBeGreaterThan(0)
    expect(version?.oldestProgram).toBeGreaterThan(0)
    expect(await store.schema.migrate()).toEqual([])
    expect(await store.schema.version()).toEqual(version)
  },

  'two that migrate at once harm nothing': async (opened) => {
    const second = await opened.openSecond()
    const id = await dispatchJob(opened.store)
    expect(await Promise.all([opened.store.schema.migrate(), second.schema.migrate()])).toEqual([[], []])
    expect(await findJob(second, id)).toMatchObject({ state: 'pending' })
  },

  'the installation keeps one id, and no two installations share it': async (opened) => {
    const id = await opened.store.schema.installationId()
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(await opened.store.schema.installationId()).toBe(id)
    expect(await (await opened.openSecond()).schema.installationId()).toBe(id)
    expect(id).not.toMatch(/^(.)\1*$/)
  },

  'a schema that is too new for this program is refused and left as it is': async (opened) => {
    await opened.sql('UPDATE stellwerk_schema SET version = version + 1000, oldest_program = 1000000')
    const migrate = async () => await (await opened.openSecond()).schema.migrate()
    await expect(migrate()).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' })
    const [row] = await opened.sql('SELECT oldest_program FROM stellwerk_schema')
    expect(row).toEqual({ oldest_program: 1_000_000 })
  },

  'a newer schema that still lets this program in is used as it is': async (opened) => {
    await opened.sql('UPDATE stellwerk_schema SET version = version + 1000')
    const second = await opened.openSecond()
    expect(await second.schema.migrate()).toEqual([])
    const id = await dispatchJob(second)
    expect(await findJob(opened.store, id)).toMatchObject({ state: 'pending' })
  },

  'the self-check of a sound store finds nothing to remedy': async ({ store }) => {
    const checks = await store.schema.check()
    expect(checks.length).toBeGreaterThan(0)
    // The server of a test run has its disk's pace taken away; that a check finds it is tested beside the driver.
    for (const check of checks.filter(({ name }) => name !== 'fsync')) {
      expect(check.name).not.toBe('')
      expect(check.ok, `${check.name}: ${check.found}`).toBe(true)
      expect(check.remedy).toBeNull()
    }
  },

  'closing may be repeated, and a closed store says that it is closed': async (opened) => {
    const second = await opened.openSecond()
    await Promise.all([second.close(), second.close()])
    await second.close()
    await expect(dispatchJob(second)).rejects.toMatchObject({ code: 'CLOSED' })
    await dispatchJob(opened.store)
  },
}

/** What {@link SchemaStore} and {@link Store.close} promise. */
export function schemaSuite(harness: StoreHarness): void {
  registerCases('schema', harness, cases)
}
