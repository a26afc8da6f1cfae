import type { WorkersReading } from '../../operations/list-workers.ts'
import type { OverviewReading } from '../../operations/read-overview.ts'

/** What `top` shows, from top to bottom. */
export const sections = ['queues', 'workers', 'running', 'failures'] as const

/** One of {@link sections}. */
export type Section = (typeof sections)[number]

/** All that is shown of one moment. */
export interface TopReading {
  readonly overview: OverviewReading
  readonly workers: WorkersReading
}

/** What keys may ask for. `id` is a queue, a worker, or the id of a job. */
export interface TopAction {
  readonly kind:
    | 'pause_queue'
    | 'resume_queue'
    | 'pause_worker'
    | 'resume_worker'
    | 'restart_worker'
    | 'stop_worker'
    | 'cancel_job'
    | 'retry_job'
    | 'maintenance_on'
    | 'maintenance_off'
  readonly id: string
}

/** What the person looks at. `asked` waits for a yes; `said` is what became of the last action. */
export interface TopView {
  readonly section: Section
  /** Key of the selected row in each section: it stays on its row while rows move. */
  readonly selected: Readonly<Partial<Record<Section, string>>>
  readonly asked: { readonly question: string; readonly action: TopAction } | null
  readonly said: string | null
  readonly isFrozen: boolean
}

/** How it begins. */
export const firstView: TopView = { section: 'queues', selected: {}, asked: null, said: null, isFrozen: false }

/** Keys of the rows of a section, in the order in which they are shown. */
export function rowKeys({ overview, workers }: TopReading, section: Section): readonly string[] {
  if (section === 'queues') return overview.queues.map(({ queue }) => queue)
  if (section === 'workers') return workers.workers.map(({ id }) => id)
  return (section === 'running' ? overview.running : overview.failures).map(({ id }) => String(id))
}

/** The selected row of a section: the one that was selected, else the first; -1 where there is none. */
export function selectedRow(keys: readonly string[], view: TopView, section: Section): number {
  const at = keys.indexOf(view.selected[section] ?? '')
  return at === -1 ? Math.min(0, keys.length - 1) : at
}
