import { Link } from 'wouter'
import './job-link.css'
import { visibleText } from './visible-text.ts'

/** A job by type and number, leading to its page. */
export function JobLink({ id, type }: { readonly id: string; readonly type: string }) {
  return (
    <span className="job-link">
      <Link to={`/jobs/${id}`} className="link">
        {visibleText(type)}
      </Link>
      <span className="mono muted">#{id}</span>
    </span>
  )
}
