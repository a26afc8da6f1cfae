import { defineSearch, textParam } from '../../app/search-codec.ts'
import type { ReadFilter } from '../../panels/filter-bar/filter-problem.ts'
import { type FilterTerm, writeTerms } from '../../panels/filter-bar/filter-terms.ts'
import { type FilterLanguage, oneValue, problem, readFilter } from '../../panels/filter-bar/read-fields.ts'
import {
  type ReadingZone,
  readSpan,
  resolveSpan,
  type TimeSpan,
  writeSpan,
} from '../../panels/filter-bar/time-point.ts'

/** Ids from and to, both inclusive, as digits; null where open. */
export interface IdRange {
  readonly from: string | null
  readonly to: string | null
}

/** Which failed jobs the page shows; every field narrows, null does not. */
export interface FailedFilter {
  readonly queue: string | null
  readonly type: string | null
  readonly ids: IdRange | null
  /** When they failed. */
  readonly failed: TimeSpan | null
}

/** Every failed job. */
export const everyFailure: FailedFilter = { queue: null, type: null, ids: null, failed: null }

/** The keys that the filter of failures knows. */
export const failedFilterKeys = ['queue', 'type', 'id', 'failed'] as const

const language: FilterLanguage<FailedFilter> = {
  empty: everyFailure,
  aliases: { ids: 'id', at: 'failed' },
  fields: {
    queue: (values) => {
      const queue = oneValue(values)
      return typeof queue === 'string' ? { queue } : queue
    },
    type: (values) => {
      const type = oneValue(values)
      return typeof type === 'string' ? { type } : type
    },
    id: (values) => {
      const ids = readIdRange(values.join(','))
      return ids === null ? problem('bad_id', values.join(',')) : { ids }
    },
    failed: (values) => {
      const failed = readSpan(values.join(','))
      return failed === null ? problem('bad_time', values.join(',')) : { failed }
    },
  },
  words: null,
}

/** `queue:emails type:a id:17..29 failed:-1h..` as a filter, and what of it could not be read. */
export function readFailedFilter(text: string): ReadFilter<FailedFilter> {
  return readFilter(text, language)
}

/** The text of a filter; {@link readFailedFilter} reads the same from it. */
export function writeFailedFilter({ queue, type, ids, failed }: FailedFilter): string {
  const terms: FilterTerm[] = []
  if (queue !== null) terms.push({ key: 'queue', values: [queue] })
  if (type !== null) terms.push({ key: 'type', values: [type] })
  if (ids !== null) terms.push({ key: 'id', values: [writeIdRange(ids)] })
  if (failed !== null) terms.push({ key: 'failed', values: [writeSpan(failed)] })
  return writeTerms(terms)
}

/** What the address of the page says: the filter as text, and where its list goes on. */
export const failedSearch = defineSearch({ q: textParam, cursor: textParam })

/** Where the failures of a filter are, below the room's base path. */
export function failedPath(filter: Partial<FailedFilter>, cursor = ''): string {
  const search = failedSearch.write({ q: writeFailedFilter({ ...everyFailure, ...filter }), cursor })
  return search === '' ? '/failed' : `/failed?${search}`
}

/** A filter in the words of the server: search parameters of GET /failed-jobs and fields of a bulk selection alike. */
export interface FailedSelection {
  readonly queue?: string
  readonly type?: string
  readonly fromId?: string
  readonly toId?: string
  /** ISO 8601. */
  readonly failedFrom?: string
  readonly failedTo?: string
}

/** What the server is asked. `clock` is what relative times count from. */
export function failedSelection(
  { queue, type, ids, failed }: FailedFilter,
  clock: { readonly nowMs: number; readonly zone: ReadingZone },
): FailedSelection {
  const { fromMs, toMs } = resolveSpan(failed, clock)
  const iso = (ms: number | null): string | undefined => (ms === null ? undefined : new Date(ms).toISOString())
  const fields = {
    queue: queue ?? undefined,
    type: type ?? undefined,
    fromId: ids?.from ?? undefined,
    toId: ids?.to ?? undefined,
    failedFrom: iso(fromMs),
    failedTo: iso(toMs),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function readIdRange(text: string): IdRange | null {
  const [, from = '', dots, to = ''] = /^([1-9]\d{0,15})?(\.\.)?([1-9]\d{0,15})?$/.exec(text) ?? []
  if (from !== '' && to !== '' && Number(from) > Number(to)) return null
  if (dots === undefined) return from === '' ? null : { from, to: from }
  if (from === '' && to === '') return null
  return { from: from === '' ? null : from, to: to === '' ? null : to }
}

function writeIdRange({ from, to }: IdRange): string {
  return from !== null && from === to ? from : `${from ?? ''}..${to ?? ''}`
}
