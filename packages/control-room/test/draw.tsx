import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { en } from '../src/i18n/en.ts'
import { MessagesProvider } from '../src/i18n/messages-context.tsx'

Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)

/** As `act`, but for the linter, which does not know what it returns. */
function settled(work: () => void | Promise<void>): Promise<void> {
  return act(async () => work())
}

/** Something on a page of its own. */
export interface Drawing {
  readonly place: HTMLElement
  /** Draws something else in its stead. */
  draw(content: ReactNode): Promise<void>
  remove(): Promise<void>
}

/** Draws something in English, and waits until it stands. */
export async function draw(content: ReactNode): Promise<Drawing> {
  const place = document.createElement('div')
  document.body.append(place)
  const root: Root = createRoot(place)
  const show = (next: ReactNode) =>
    settled(() =>
      root.render(
        <MessagesProvider first={{ language: 'en', messages: en }} standard="en">
          {next}
        </MessagesProvider>,
      ),
    )
  await show(content)
  return {
    place,
    draw: show,
    async remove() {
      await settled(() => root.unmount())
      place.remove()
    },
  }
}

/** Does something to what is drawn, and waits for what comes of it. */
export async function acting(work: () => void): Promise<void> {
  await settled(work)
}

const PATIENCE_MS = 10_000

/** Waits until a check passes, for ten seconds at most; what is drawn meanwhile is drawn whole. */
export async function untilDrawn(check: () => void): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return check()
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await settled(() => new Promise((resolve) => setTimeout(resolve, 10)))
  }
}
