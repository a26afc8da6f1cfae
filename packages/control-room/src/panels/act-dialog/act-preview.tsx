import { useMessages } from '../../i18n/messages-context.tsx'
import { type ActReport, refusalsByReason } from './act-order.ts'

const idsShown = 8

interface RefusalsProps {
  readonly report: ActReport
  /** Said above them, with their number. */
  readonly title: (count: number) => string
}

/** Which jobs an action leaves as they are, by reason. */
export function Refusals({ report, title }: RefusalsProps) {
  const { actions } = useMessages()
  if (report.refused.length === 0) return null
  return (
    <div className="refusals tone-retrying">
      <p>{title(report.refused.length)}</p>
      <ul>
        {refusalsByReason(report).map(({ code, ids }) => (
          <li key={code}>
            <strong>{actions.reason[code] ?? code}</strong>{' '}
            <span className="mono">{ids.slice(0, idsShown).join(', ')}</span>{' '}
            {ids.length > idsShown ? actions.refusedMore(ids.length - idsShown) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
