import { expect, test } from 'vitest'
import { crashMessage, describeEnd, exitReasons, type ToldEnd } from './exit-reasons.ts'

const neverStarted: ToldEnd = { code: null, signal: null, fault: null }
const killed: ToldEnd = { ...neverStarted, signal: 'SIGKILL' }

test.each<[ToldEnd, string]>([
  [{ ...neverStarted, code: 1 }, 'exit code 1'],
  [{ ...neverStarted, code: 0 }, 'exit code 0'],
  [{ ...neverStarted, code: 1, fault: 'spawn ENOENT' }, 'exit code 1'],
  [killed, 'signal SIGKILL'],
  [{ ...killed, code: 137 }, 'signal SIGKILL'],
  [{ ...neverStarted, fault: 'spawn ENOENT' }, 'it could not be started: spawn ENOENT'],
  [neverStarted, 'it could not be started: the system does not say why'],
])('the end of a process %j is told as "%s"', (end, told) => {
  expect(describeEnd(end)).toBe(told)
  expect(exitReasons.died(end)).toBe(`it died (${told})`)
})

test.each([
  [0, '(signal SIGKILL; crash 2)'],
  [1_048_576, '(signal SIGKILL, 1 MB; crash 2)'],
  [536_870_912, '(signal SIGKILL, 512 MB; crash 2)'],
  [1_600_000, '(signal SIGKILL, 2 MB; crash 2)'],
])('a crash of a process that last reported %d bytes says so, where it reported any', (memoryBytes, known) => {
  expect(crashMessage({ jobId: 7, crashes: 2, end: killed, memoryBytes })).toBe(
    `the worker died while it ran job 7 alone ${known}: look for a native crash, process.exit, ` +
      'an unhandled rejection or a lack of memory in its handler, then retry it',
  )
})

test('a job that does not end is told apart by what it was to heed', () => {
  const job = { id: 7, type: 'send' }
  expect(exitReasons.overdue(job, 'timeout')).toBe('job 7 (send) did not end at its timeout')
  expect(exitReasons.overdue(job, 'cancelled')).toBe('job 7 (send) did not end when it was cancelled')
  expect(exitReasons.deafHandler(7)).toBe('the handler of job 7 did not heed its signal')
})

test('a worker of another program names both versions and the remedy', () => {
  expect(exitReasons.otherProgram('0.2.0', '0.1.0')).toBe(
    'its program is version 0.2.0, that of its station 0.1.0: the package was replaced while the station ran; restart the station',
  )
})

test('no two reasons read alike', () => {
  const reasons = [
    exitReasons.toldToStop(),
    exitReasons.stationStops(),
    exitReasons.contactLost(),
    exitReasons.stayed(),
    exitReasons.left(),
    exitReasons.leftForMemory(),
    exitReasons.died(neverStarted),
    exitReasons.badMessage('Unexpected token'),
    exitReasons.otherProgram('2', '1'),
    exitReasons.deafHandler(7),
  ]
  expect(new Set(reasons).size).toBe(reasons.length)
})
