import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../test/temporary-store.ts'
import { silentLog } from '../std/log.ts'
import { dropEvidence, openRunningFile, RunningFile, readEvidence } from './running-file.ts'

test('what is marked and flushed is evidence, what was cleared is not', () => {
  const folder = temporaryFolder()
  const file = new RunningFile(folder, 'a', 3)
  file.mark(0, 11, 1)
  file.mark(2, 2 ** 53 - 1, 7)
  expect(readEvidence(folder, 'a'), 'nothing before the flush').toEqual({ running: [] })
  file.flush()
  expect(readEvidence(folder, 'a')).toEqual({
    running: [
      { id: 11, claimSeq: 1 },
      { id: 2 ** 53 - 1, claimSeq: 7 },
    ],
  })
  file.clear(0)
  file.flush()
  expect(readEvidence(folder, 'a').running).toEqual([{ id: 2 ** 53 - 1, claimSeq: 7 }])
  file.close()
  expect(readdirSync(folder)).toEqual([])
})

test('the file is for its owner alone', () => {
  const folder = temporaryFolder()
  const file = new RunningFile(folder, 'a', 1)
  expect(statSync(join(folder, 'running-a')).mode & 0o777).toBe(0o600)
  file.close()
})

test('a station that goes on under another id takes its marks along', () => {
  const folder = temporaryFolder()
  const file = new RunningFile(folder, 'a', 2)
  file.mark(1, 5, 2)
  file.moveTo('b')
  expect(readEvidence(folder, 'b').running).toEqual([{ id: 5, claimSeq: 2 }])
  expect(existsSync(join(folder, 'running-a'))).toBe(false)
  file.close()
})

test('a file that the rescuer has removed is made anew', () => {
  const folder = temporaryFolder()
  const file = new RunningFile(folder, 'a', 2)
  dropEvidence(folder, 'a')
  file.moveTo('b')
  file.mark(0, 9, 1)
  file.flush()
  expect(readEvidence(folder, 'b').running).toEqual([{ id: 9, claimSeq: 1 }])
  file.close()
})

test('a handler that outlives its station marks nothing and breaks nothing', () => {
  const folder = temporaryFolder()
  const file = new RunningFile(folder, 'a', 1)
  file.mark(0, 3, 1)
  file.close()
  file.clear(0)
  file.flush()
  file.moveTo('b')
  file.close()
  expect(readdirSync(folder)).toEqual([])
})

test('evidence that is missing, cut or nonsense tells of nothing', () => {
  const folder = temporaryFolder()
  expect(readEvidence(folder, 'nobody')).toEqual({ running: [] })
  writeFileSync(join(folder, 'running-cut'), Buffer.alloc(15, 1))
  expect(readEvidence(folder, 'cut')).toEqual({ running: [] })
  const nonsense = Buffer.alloc(32)
  nonsense.writeDoubleLE(Number.NaN, 0)
  nonsense.writeDoubleLE(-4, 16)
  writeFileSync(join(folder, 'running-nonsense'), nonsense)
  expect(readEvidence(folder, 'nonsense')).toEqual({ running: [] })
})

test('a folder that cannot be made gives no file, and says so', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'taken'), '')
  const warnings: string[] = []
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) }
  expect(openRunningFile({ stateDir: join(folder, 'taken'), concurrency: 1 }, 'a', log)).toBeUndefined()
  expect(warnings).toHaveLength(1)
})
