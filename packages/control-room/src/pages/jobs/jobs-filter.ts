import { defineSearch, listParam, textParam, textsParam } from '../../app/search-codec.ts'
import type { ReadFilter } from '../../panels/filter-bar/filter-problem.ts'
import { type FilterTerm, writeTerms } from '../../panels/filter-bar/filter-terms.ts'
import { nearest } from '../../panels/filter-bar/nearest.ts'
import {
  type FieldReading,
  type FilterLanguage,
  oneValue,
  problem,
  readFilter,
} from '../../panels/filter-bar/read-fields.ts'
import {
  type ReadingZone,
  readSpan,
  resolveSpan,
  type TimeSpan,
  writeSpan,
} from '../../panels/filter-bar/time-point.ts'

/** The states of a job, in the order of the tabs. */
export const tabStates = [
  'scheduled',
  'pending',
  'blocked',
  'processing',
  'retrying',
  'completed',
  'failed',
  'cancelled',
] as const

/** A state that can be asked for. */
export type TabState = (typeof tabStates)[number]

/** Which jobs the page shows; every field narrows, empty lists and nulls do not. */
export interface JobsFilter {
  readonly states: readonly TabState[]
  readonly queue: string | null
  readonly types: readonly string[]
  readonly created: TimeSpan | null
  /** An id, a uuid, or text. */
  readonly text: string | null
}

/** Everything. */
export const everyJob: JobsFilter = { states: [], queue: null, types: [], created: null, text: null }

/** The keys that the filter of jobs knows. */
export const jobsFilterKeys = ['state', 'queue', 'type', 'created'] as const

const language: FilterLanguage<JobsFilter> = {
  empty: everyJob,
  aliases: { status: 'state' },
  fields: {
    state: readStates,
    queue: (values) => {
      const queue = oneValue(values)
      return typeof queue === 'string' ? { queue } : queue
    },
    type: (types) => ({ types }),
    created: (values) => {
      const created = readSpan(values.join(','))
      return created === null ? problem('bad_time', values.join(',')) : { created }
    },
  },
  words: ([text = '']) => ({ text }),
}

/** `state:failed,retrying queue:emails type:a,b created:-1h..now text` as a filter, and what of it could not be read. */
export function readJobsFilter(text: string): ReadFilter<JobsFilter> {
  return readFilter(text, language)
}

/** The text of a filter; {@link readJobsFilter} reads the same from it. */
export function writeJobsFilter({ states, queue, types, created, text }: JobsFilter): string {
  const terms: FilterTerm[] = []
  if (states.length > 0) terms.push({ key: 'state', values: states })
  if (queue !== null) terms.push({ key: 'queue', values: [queue] })
  if (types.length > 0) terms.push({ key: 'type', values: types })
  if (created !== null) terms.push({ key: 'created', values: [writeSpan(created)] })
  if (text !== null) terms.push({ key: null, values: [text] })
  return writeTerms(terms)
}

const written = defineSearch({ q: textParam, cursor: textParam })
const plain = defineSearch({ state: listParam(tabStates), queue: textParam, type: textsParam })

/** What the address of the page says: the filter as text, and where its list goes on. Plain `state`, `queue` and `type` are read too. */
export const jobsSearch: typeof written = {
  read(search) {
    const { q, cursor } = written.read(search)
    const { state, queue, type } = plain.read(search)
    if (state.length === 0 && queue === '' && type.length === 0) return { q, cursor }
    const { filter } = readJobsFilter(q)
    return { q: writeJobsFilter({ ...filter, states: state, queue: queue || null, types: type }), cursor }
  },
  write: written.write,
}

/** Where the jobs of a filter are, below the room's base path. */
export function jobsPath(filter: Partial<JobsFilter>, cursor = ''): string {
  const search = jobsSearch.write({ q: writeJobsFilter({ ...everyJob, ...filter }), cursor })
  return search === '' ? '/jobs' : `/jobs?${search}`
}

/** From when relative times of a filter count, and in which zone the others are read. */
export interface FilterClock {
  readonly nowMs: number
  readonly zone: ReadingZone
}

/** What the server is asked: the search parameters of GET /jobs, without cursor. */
export function jobsQuery(filter: JobsFilter, clock: FilterClock): URLSearchParams {
  const search = new URLSearchParams()
  const put = (name: string, value: string | null): void => {
    if (value !== null && value !== '') search.set(name, value)
  }
  put('state', filter.states.join(','))
  put('queue', filter.queue)
  put('type', filter.types.join(','))
  const { fromMs, toMs } = resolveSpan(filter.created, clock)
  put('createdFrom', isoOf(fromMs))
  put('createdTo', isoOf(toMs))
  put('q', filter.text)
  return search
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

function readStates(values: readonly string[]): FieldReading<JobsFilter> {
  const states: TabState[] = []
  for (const value of values) {
    const state = tabStates.find((known) => known === value.toLowerCase())
    if (state === undefined) return problem('unknown_state', value, nearest(value, tabStates))
    if (!states.includes(state)) states.push(state)
  }
  return { states }
}
