import { ArrowUp, Inbox, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ApiProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Pager } from '../../ui/pager.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StaleNote } from '../../ui/stale-note.tsx'
import { CursorTrail } from './cursor-trail.ts'
import type { GatedRow } from './gate-rows.ts'
import './job-list.css'
import { pageLength } from './page-length.ts'

/** A page of a list, as far as it is known. */
export interface ListPage {
  readonly data: { readonly nextCursor: string | null } | undefined
  readonly staleSince: Date | null
  readonly problem: ApiProblem | null
  readonly retry: () => void
}

interface ListFrameProps {
  readonly page: ListPage
  readonly gate: { readonly rows: readonly GatedRow<unknown>[]; readonly waiting: number; readonly open: () => void }
  /** Which page it is; '' = the first. */
  readonly cursor: string
  readonly onPage: (cursor: string) => void
  /** Stands in place of rows where there is none. */
  readonly empty: ReactNode
  /** Beside the number of rows. */
  readonly note?: string
  readonly children: ReactNode
}

const trail = new CursorTrail()

/** What stands around the rows: how old they are, what waits outside, where the list goes on, and words where there are none. */
export function ListFrame({ page, gate, cursor, onPage, empty, note = '', children }: ListFrameProps) {
  const { jobs } = useMessages()
  const { data, problem, staleSince, retry } = page
  const isEmpty = gate.rows.length === 0
  if (data === undefined && problem !== null)
    return <Unread page={page} problem={problem} cursor={cursor} onPage={onPage} />
  if (data === undefined && isEmpty) return <SkeletonRows rows={12} />
  return (
    <div className="panel list-frame">
      {staleSince === null ? null : <StaleNote since={staleSince} onRetry={retry} />}
      <div className="fresh-rows" aria-live="polite">
        {gate.waiting === 0 ? null : (
          <Button kind="quiet" icon={ArrowUp} onClick={gate.open}>
            {gate.waiting >= pageLength ? jobs.freshMany(gate.waiting) : jobs.fresh(gate.waiting)}
          </Button>
        )}
      </div>
      <div data-stale={staleSince === null ? undefined : ''} aria-busy={data === undefined}>
        {isEmpty ? empty : children}
      </div>
      <Foot rows={gate.rows.length} note={note} next={data?.nextCursor ?? null} cursor={cursor} onPage={onPage} />
    </div>
  )
}

interface UnreadProps extends Pick<ListFrameProps, 'page' | 'cursor' | 'onPage'> {
  readonly problem: ApiProblem
}

/** The page could not be read; one that is no page of this list any more leads back to the first. */
function Unread({ page, problem, cursor, onPage }: UnreadProps) {
  const { jobs } = useMessages()
  return (
    <>
      <ProblemNote problem={problem} onRetry={page.retry} />
      {cursor === '' ? null : (
        <div>
          <Button onClick={() => onPage('')}>{jobs.newest}</Button>
        </div>
      )}
    </>
  )
}

interface FootProps {
  readonly rows: number
  readonly note: string
  readonly next: string | null
  readonly cursor: string
  readonly onPage: (cursor: string) => void
}

/** How many rows there are, and where the list goes on; nothing below a list that is empty. */
function Foot({ rows, note, next, cursor, onPage }: FootProps) {
  const { jobs } = useMessages()
  if (rows === 0 && note === '' && cursor === '' && next === null) return null
  const before = cursor === '' ? null : trail.before(cursor)
  const goOn = (to: string) => {
    trail.note(to, cursor)
    onPage(to)
  }
  return (
    <Pager
      onNewest={cursor === '' ? null : () => onPage('')}
      onNewer={before === null ? null : () => onPage(before)}
      onOlder={next === null ? null : () => goOn(next)}
    >
      {`${jobs.shown(rows)}${note}`}
    </Pager>
  )
}

interface NoMatchProps {
  readonly title: string
  /** The page without a filter. */
  readonly clearTo: string
}

/** Nothing matches the filter: how to see more. */
export function NoMatch({ title, clearTo }: NoMatchProps) {
  const { jobs, filter } = useMessages()
  return (
    <EmptyState icon={SearchX} title={title} hint={jobs.noMatchHint}>
      <Link className="link" href={clearTo}>
        {filter.clear}
      </Link>
    </EmptyState>
  )
}

/** A page behind the last row. */
export function NothingFurther() {
  return <EmptyState icon={Inbox} title={useMessages().jobs.pageEmpty} />
}
