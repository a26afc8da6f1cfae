import {
  rowKeys,
  type Section,
  sections,
  selectedRow,
  type TopAction,
  type TopReading,
  type TopView,
} from './top-view.ts'

/** What a key did: the view after it, and perhaps something to do, or the end. */
export interface Pressed {
  readonly view: TopView
  readonly action?: TopAction
  readonly quits?: boolean
}

const up = ['\u001b[A', 'k']
const down = ['\u001b[B', 'j']
const next = ['\t', '\u001b[C', 'l']
const back = ['\u001b[Z', '\u001b[D', 'h']
const quit = ['q', '\u0003', '\u0004']

/** What a key asks for, where it asks before it is done. */
interface Offer {
  readonly action: TopAction
  readonly question: string | null
}

/** What one key (as the terminal sends it) does to the view. What ends or restarts something is asked about first. Pure. */
export function pressKey(key: string, view: TopView, reading: TopReading): Pressed {
  if (quit.includes(key)) return { view, quits: true }
  if (view.asked !== null) return answer(key, view)
  const quiet = { ...view, said: null }
  if (next.includes(key)) return { view: turned(quiet, 1) }
  if (back.includes(key)) return { view: turned(quiet, -1) }
  const section = sections[Number(key) - 1]
  if (section !== undefined) return { view: { ...quiet, section } }
  if (up.includes(key) || down.includes(key)) return { view: moved(quiet, reading, up.includes(key) ? -1 : 1) }
  if (key === ' ') return { view: { ...quiet, isFrozen: !view.isFrozen } }
  const offer = offerOf(key, quiet, reading)
  if (offer === null) return { view: quiet }
  const { action, question } = offer
  return question === null ? { view: quiet, action } : { view: { ...quiet, asked: { question, action } } }
}

/** Anything but yes is no. */
function answer(key: string, view: TopView): Pressed {
  const { asked } = view
  const after = { ...view, asked: null }
  if (asked === null || !/^[yY]$/.test(key)) return { view: { ...after, said: 'left as it is' } }
  return { view: after, action: asked.action }
}

function turned(view: TopView, by: number): TopView {
  const at = (sections.indexOf(view.section) + by + sections.length) % sections.length
  return { ...view, section: sections[at] ?? view.section }
}

function moved(view: TopView, reading: TopReading, by: number): TopView {
  const keys = rowKeys(reading, view.section)
  const at = Math.max(0, Math.min(keys.length - 1, selectedRow(keys, view, view.section) + by))
  const key = keys[at]
  return key === undefined ? view : { ...view, selected: { ...view.selected, [view.section]: key } }
}

function offerOf(key: string, view: TopView, reading: TopReading): Offer | null {
  if (key === 'M') return maintenance(reading)
  const keys = rowKeys(reading, view.section)
  const id = keys[selectedRow(keys, view, view.section)]
  return id === undefined ? null : offers[view.section](key, id, reading)
}

function maintenance({ overview }: TopReading): Offer {
  const isOn = overview.maintenance !== null
  return {
    action: { kind: isOn ? 'maintenance_off' : 'maintenance_on', id: '' },
    question: isOn ? 'switch maintenance off?' : 'switch maintenance on, so that nothing is claimed?',
  }
}

const offers: Readonly<Record<Section, (key: string, id: string, reading: TopReading) => Offer | null>> = {
  queues: (key, id, { overview }) => {
    if (key !== 'p') return null
    const isPaused = overview.queues.some(({ queue, paused }) => queue === id && paused !== null)
    return { action: { kind: isPaused ? 'resume_queue' : 'pause_queue', id }, question: null }
  },
  workers: (key, id, { workers }) => {
    const isPaused = workers.workers.some((worker) => worker.id === id && worker.status === 'paused')
    if (key === 'p') return { action: { kind: isPaused ? 'resume_worker' : 'pause_worker', id }, question: null }
    if (key === 's') return { action: { kind: 'stop_worker', id }, question: `stop worker ${id}?` }
    return key === 'R' ? { action: { kind: 'restart_worker', id }, question: `restart worker ${id}?` } : null
  },
  running: (key, id) =>
    key === 'c' ? { action: { kind: 'cancel_job', id }, question: `cancel job ${id}, which runs?` } : null,
  failures: (key, id) => (key === 'r' ? { action: { kind: 'retry_job', id }, question: null } : null),
}
