import { expect, test } from 'vitest'
import { draw } from '../../test/draw.tsx'
import { ApiProblem, type ProblemCode } from '../api/problem.ts'
import { ProblemNote } from './problem-note.tsx'

async function noteOf(code: ProblemCode, detail: string) {
  const drawing = await draw(<ProblemNote problem={new ApiProblem({ code, status: 409, detail })} title="Scale" />)
  const text = drawing.place.textContent
  const english = drawing.place.querySelector('[lang=en]')?.textContent
  await drawing.remove()
  return { text, english }
}

test('a problem that the room has words for is said in them alone', async () => {
  expect(await noteOf('JOB_PROCESSING', 'job 7 is processing')).toEqual({
    text: 'Scale This job is running. Wait until it ends. ',
    english: undefined,
  })
})

test('where the words of the server name the value, they follow, marked as English', async () => {
  const detail = "scale: pool 'mails' of alpha may have 1 to 3 processes, not 9"
  expect(await noteOf('ORDER_REFUSED', detail)).toEqual({
    text: `Scale This order is not possible. ${detail}`,
    english: detail,
  })
  expect((await noteOf('SCHEMA_TOO_NEW', 'the store has schema 99')).text).toBe(
    'Scale The server answered with an error. the store has schema 99',
  )
})
