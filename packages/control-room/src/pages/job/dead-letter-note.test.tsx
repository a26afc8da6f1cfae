import { expect, test } from 'vitest'
import { draw } from '../../../test/draw.tsx'
import { deadLetterDetail, failedDetail } from '../../../test/fixtures/job-details.ts'
import { DeadLetterNote } from './dead-letter-note.tsx'

async function textOf(job: typeof deadLetterDetail): Promise<string> {
  const drawing = await draw(<DeadLetterNote job={job} />)
  const text = drawing.place.textContent ?? ''
  await drawing.remove()
  return text
}

test('a job in a dead-letter queue says which it is and where it came from', async () => {
  expect(await textOf(deadLetterDetail)).toBe(
    'Went to dead-letter queue “labels-dead” from “labels”. A retry puts it back into “labels”.',
  )
  expect(await textOf(failedDetail)).toBe('')
})

test('and what killed its process last, where something else ended it', async () => {
  const attempts = [...deadLetterDetail.attempts, ...failedDetail.attempts.slice(-1)]
  expect(await textOf({ ...deadLetterDetail, attempts })).toMatch(
    /Its last crash: the worker died .* \(signal SIGSEGV, 512 MB; crash 3\)/,
  )
})
