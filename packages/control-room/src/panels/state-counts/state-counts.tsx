import { Link } from 'wouter'
import type { Job } from '../../../../stellwerk/src/http/schemas/job.ts'
import type { StateCounts as Counts } from '../../../../stellwerk/src/http/schemas/scalars.ts'
import { Count } from '../../ui/count.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import './state-counts.css'

/** In the order of a job's life. */
const order: readonly Job['state'][] = [
  'scheduled',
  'blocked',
  'pending',
  'processing',
  'retrying',
  'completed',
  'failed',
  'cancelled',
]

interface StateCountsProps {
  readonly counts: Counts
  /** The list of the jobs of a state. */
  readonly pathOf: (state: Job['state']) => string
}

/** How many jobs are in each state, each a link to their list. */
export function StateCounts({ counts, pathOf }: StateCountsProps) {
  return (
    <ul className="state-counts">
      {order.map((state) => (
        <li key={state}>
          <Link to={pathOf(state)}>
            <StateBadge state={state} />
            <span className={counts[state] === 0 ? 'muted' : undefined}>
              <Count value={counts[state]} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
