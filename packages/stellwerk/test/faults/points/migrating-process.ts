// One process that brings a schema up to date, and meets its fault at one point of that.
import { openStore } from '../../../src/app/open-store.ts'
import { silentLog } from '../../../src/std/log.ts'
import { tell } from '../storm/report-line.ts'
import { armAt } from './arm-at.ts'
import { asCall } from './statement-points.ts'
import type { VictimSetup } from './victim-setup.ts'

const setup = JSON.parse(process.argv[2] ?? '') as VictimSetup
const { store: address, ...schema } = setup.address
armAt(setup)

const store = await asCall('migrate', () => openStore({ address, ...schema, migrate: true, log: silentLog }))
tell({ e: 'ready', station: 'none' })
await store.close()
