import { ArrowRight } from 'lucide-react'
import { Link } from 'wouter'
import type { Reason } from '../../../../stellwerk/src/http/schemas/verdict.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { WholeOptions } from '../../ui/whole-options.tsx'
import { reasonFigures } from './reason-figures.ts'

type Place = 'workers' | 'queues' | 'failed' | 'jobs' | 'other'

function placeOf(path: string): Place {
  const name = /^\/([a-z]+)/.exec(path)?.[1]
  return name === 'workers' || name === 'queues' || name === 'failed' || name === 'jobs' ? name : 'other'
}

/** One reason as a sentence, with the page that tells more. */
export function ReasonLine({ reason }: { readonly reason: Reason }) {
  const { verdict } = useMessages()
  const format = useFormat()
  const { code, params, detail, action } = reason
  // A server that is newer than this page may know reasons that it has no words for.
  const words = verdict.reasons[code] as (typeof verdict.reasons)[typeof code] | undefined
  const isOneQueue = action?.to.startsWith('/queues/') && params['queue'] !== undefined
  return (
    <li>
      <span>
        <WholeOptions text={words === undefined ? visibleText(detail) : words(reasonFigures(params, format))} />
      </span>
      {action === null ? null : (
        <Link to={action.to} className="reason-link">
          {isOneQueue ? visibleText(String(params['queue'])) : verdict.look[placeOf(action.to)]}
          <ArrowRight size={14} aria-hidden="true" />
        </Link>
      )}
    </li>
  )
}
