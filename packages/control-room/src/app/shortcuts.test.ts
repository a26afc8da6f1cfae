import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Shortcuts } from './shortcuts.ts'

let shortcuts = new Shortcuts()

function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  Object.defineProperty(event, 'target', { value: target })
  shortcuts.handle(event)
  return event
}

beforeEach(() => {
  shortcuts = new Shortcuts()
})

afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

test('a key does what belongs to it until it is taken away', () => {
  const act = vi.fn()
  const takeAway = shortcuts.add('t', act)
  expect(press('t').defaultPrevented).toBe(true)
  takeAway()
  expect(press('t').defaultPrevented).toBe(false)
  expect(act).toHaveBeenCalledOnce()
})

test('a sequence needs both keys, one soon after the other', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const go = vi.fn()
  shortcuts.add('g q', go)
  press('g')
  vi.advanceTimersByTime(5_000)
  press('q')
  expect(go).not.toHaveBeenCalled()
  press('g')
  press('q')
  expect(go).toHaveBeenCalledOnce()
})

test('the second key of a sequence does not do what it does alone', () => {
  const [alone, sequence] = [vi.fn(), vi.fn()]
  shortcuts.add('j', alone)
  shortcuts.add('g j', sequence)
  press('g')
  press('j')
  expect(alone).not.toHaveBeenCalled()
  expect(sequence).toHaveBeenCalledOnce()
})

test('the key that was added last wins, so that a page can take one over', () => {
  const [room, page] = [vi.fn(), vi.fn()]
  shortcuts.add('/', room)
  const leave = shortcuts.add('/', page)
  press('/')
  leave()
  press('/')
  expect([room.mock.calls.length, page.mock.calls.length]).toEqual([1, 1])
})

test('nothing happens while somebody types, holds a modifier, or has a dialog open', () => {
  const act = vi.fn()
  shortcuts.add('p', act)
  press('p', {}, document.createElement('input'))
  press('p', { ctrlKey: true })
  press('p', { metaKey: true })
  const dialog = document.createElement('dialog')
  dialog.setAttribute('open', '')
  document.body.append(dialog)
  press('p')
  expect(act).not.toHaveBeenCalled()
})

test('Escape leaves the field that one is typing in', () => {
  const field = document.createElement('input')
  document.body.append(field)
  field.focus()
  press('Escape', {}, field)
  expect(document.activeElement).not.toBe(field)
})
