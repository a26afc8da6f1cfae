import { ArrowDown, WrapText } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useJobWords } from '../job-words/job-words.ts'
import { filterLines, type LogFilter, logLevels } from './filter-lines.ts'
import { LogLines } from './log-lines.tsx'
import './log-view.css'
import { useFollow } from './use-follow.ts'

interface LogViewProps {
  readonly lines: readonly LogLine[]
  /** Lines that were written before the first of `lines`; null = there may be some. */
  readonly omitted: number | null
  /** Loads them; null where they are on their way or cannot be had. */
  readonly onLoadAll: (() => void) | null
  /** Stands where there is no line. */
  readonly empty: string
}

const shownAtOnce = 500

/** What a handler wrote: by level and search, wrapped or not; the newest lines are followed until one scrolls up. */
export function LogView({ lines, omitted, onLoadAll, empty }: LogViewProps) {
  const job = useJobWords()
  const [filter, setFilter] = useState<LogFilter>({ least: 'debug', search: '' })
  const [wraps, setWraps] = useState(true)
  const [shown, setShown] = useState(shownAtOnce)
  const wanted = useDeferredValue(filter)
  const found = useMemo(() => filterLines(lines, wanted), [lines, wanted])
  const follow = useFollow(found.at(-1))
  if (lines.length === 0) return <p className="log-empty muted">{empty}</p>
  return (
    <div className="log-view">
      <LogTools filter={filter} onFilter={setFilter} wraps={wraps} onWrap={() => setWraps(!wraps)}>
        {job.logs.shown(found.length, lines.length)}
      </LogTools>
      {omitted !== 0 ? <OmittedNote omitted={omitted} onLoadAll={onLoadAll} /> : null}
      {found.length > shown ? (
        <Button kind="quiet" onClick={() => setShown(shown + shownAtOnce)}>
          {job.logs.omitted(found.length - shown)} {job.logs.all}
        </Button>
      ) : null}
      <LogLines lines={found.slice(-shown)} search={wanted.search} wraps={wraps} follow={follow} />
      {follow.isFollowing ? null : (
        <div className="log-jump">
          <Button icon={ArrowDown} onClick={follow.jump}>
            {job.logs.jump}
          </Button>
        </div>
      )}
    </div>
  )
}

interface LogToolsProps {
  readonly filter: LogFilter
  readonly onFilter: (filter: LogFilter) => void
  readonly wraps: boolean
  readonly onWrap: () => void
  readonly children: string
}

function LogTools({ filter, onFilter, wraps, onWrap, children }: LogToolsProps) {
  const job = useJobWords()
  return (
    <div className="log-tools">
      <input
        type="search"
        className="field"
        placeholder={job.logs.search}
        aria-label={job.logs.search}
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.target.value })}
      />
      <select
        className="field"
        aria-label={job.logs.level}
        value={filter.least}
        onChange={(event) =>
          onFilter({ ...filter, least: logLevels.find((level) => level === event.target.value) ?? 'debug' })
        }
      >
        {logLevels.map((level) => (
          <option key={level} value={level}>
            {job.logs.levels[level]}
          </option>
        ))}
      </select>
      <span className="muted small log-count">{children}</span>
      <IconButton icon={WrapText} label={job.logs.wrap} aria-pressed={wraps} onClick={onWrap} />
    </div>
  )
}

function OmittedNote({ omitted, onLoadAll }: Pick<LogViewProps, 'omitted' | 'onLoadAll'>) {
  const job = useJobWords()
  return (
    <p className="log-omitted small muted">
      {omitted === null ? job.logs.newest : job.logs.omitted(omitted)}{' '}
      {onLoadAll === null ? null : (
        <button type="button" className="link" onClick={onLoadAll}>
          {job.logs.all}
        </button>
      )}
    </p>
  )
}
