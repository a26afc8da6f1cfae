import { Suspense } from 'react'
import { expect, test, vi } from 'vitest'
import { draw, untilDrawn } from '../../test/draw.tsx'
import { type LazyPart, lazyPart, useLazyPart } from './lazy-part.ts'

interface Named {
  readonly name: string
}

function Greeting({ name }: Named) {
  return <b>Hello {name}</b>
}

function Frame({ part, fallback }: { readonly part: LazyPart<Named>; readonly fallback: () => string }) {
  const Part = useLazyPart(part)
  const Fallback = fallback
  return (
    <Suspense fallback={<Fallback />}>
      <Part name="Ada" />
    </Suspense>
  )
}

test('a part whose file came ahead is drawn at once, without its fallback', async () => {
  const fetchPart = vi.fn(async () => Greeting)
  const part = lazyPart(fetchPart)
  await Promise.all([part.load(), part.load()])
  await part.load()
  const fallback = vi.fn(() => 'wait')
  const drawing = await draw(<Frame part={part} fallback={fallback} />)
  expect(drawing.place.textContent).toBe('Hello Ada')
  expect(fallback).not.toHaveBeenCalled()
  expect(fetchPart).toHaveBeenCalledTimes(1)
  await drawing.remove()
})

test('a part whose file is still to come is waited for', async () => {
  const file = Promise.withResolvers<typeof Greeting>()
  const part = lazyPart(() => file.promise)
  const drawing = await draw(<Frame part={part} fallback={() => 'wait'} />)
  expect(drawing.place.textContent).toBe('wait')
  file.resolve(Greeting)
  await untilDrawn(() => expect(drawing.place.textContent).toBe('Hello Ada'))
  await drawing.remove()
})

test('a file that did not come ahead is asked for again when it is to be drawn', async () => {
  const fetchPart = vi.fn(async () => Greeting).mockRejectedValueOnce(new Error('offline'))
  const part = lazyPart(fetchPart)
  await expect(part.load()).rejects.toThrow('offline')
  const drawing = await draw(<Frame part={part} fallback={() => 'wait'} />)
  await untilDrawn(() => expect(drawing.place.textContent).toBe('Hello Ada'))
  await drawing.remove()
})
