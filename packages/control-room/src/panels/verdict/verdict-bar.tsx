import { useState } from 'react'
import type { Overview } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { TimeSince } from '../../ui/relative-time.tsx'
import { verdictIcons } from '../../ui/state-icons.ts'
import { verdictTones } from '../../ui/tone.ts'
import { QuietSentence } from './quiet-sentence.tsx'
import { ReasonLine } from './reason-line.tsx'
import './verdict-bar.css'

const SHOWN = 3

function Reasons({ reasons }: { readonly reasons: Overview['verdict']['reasons'] }) {
  const { verdict } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const hidden = reasons.length - SHOWN
  return (
    <>
      <ul className="reasons">
        {(isOpen ? reasons : reasons.slice(0, SHOWN)).map((reason) => (
          <ReasonLine key={reason.code} reason={reason} />
        ))}
      </ul>
      {hidden > 0 ? (
        <button type="button" className="reasons-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? verdict.fewer : verdict.more(hidden)}
        </button>
      ) : null}
    </>
  )
}

/** How the whole is: the state in a word, since when, why, and where to look. Read aloud when the state changes. */
export function VerdictBar({ overview }: { readonly overview: Overview }) {
  const { verdict, states } = useMessages()
  const { state, since, reasons } = overview.verdict
  const Icon = verdictIcons[state]
  return (
    <section className={`verdict tone-${verdictTones[state]}`} aria-label={verdict.region}>
      <span className="verdict-icon">
        <Icon size={18} strokeWidth={2.25} aria-hidden="true" />
      </span>
      <div className="verdict-words">
        <p className="verdict-line">
          <strong role={state === 'quiet' ? 'status' : 'alert'}>{states.verdict[state]}</strong>
          {state === 'quiet' || since === null ? null : <VerdictSince at={since} />}
          {state === 'quiet' ? <QuietSentence overview={overview} /> : null}
        </p>
        {reasons.length === 0 ? null : <Reasons reasons={reasons} />}
      </div>
    </section>
  )
}

function VerdictSince({ at }: { readonly at: string }) {
  const { verdict } = useMessages()
  const [before, after] = verdict.since('|').split('|')
  return (
    <span className="verdict-since">
      {before}
      <TimeSince at={at} />
      {after}
    </span>
  )
}
