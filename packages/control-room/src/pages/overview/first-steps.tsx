import { CircleCheck, CircleDashed } from 'lucide-react'
import type { Overview } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { Mark } from '../../app/mark.tsx'
import { useMessages } from '../../i18n/messages-context.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { firstStepsCode } from './first-steps-code.ts'
import './first-steps.css'

interface StepProps {
  readonly title: string
  readonly text: string
  readonly code: readonly string[]
  readonly isDone: boolean
}

function Step({ title, text, code, isDone }: StepProps) {
  const { first } = useMessages().overview
  const Icon = isDone ? CircleCheck : CircleDashed
  return (
    <li className="step" data-done={isDone ? '' : undefined}>
      <Icon size={20} aria-hidden="true" />
      <div>
        <h3>
          {title} <span className="unseen">({isDone ? first.done : first.open})</span>
        </h3>
        <p>{text}</p>
        {code.map((lines) => (
          <CodeBlock key={lines} code={lines} label={title} />
        ))}
      </div>
    </li>
  )
}

/** The three steps to the first job; each ticks itself off. */
export function FirstSteps({ overview }: { readonly overview: Overview }) {
  const { first } = useMessages().overview
  const hasStation = overview.vitals.stationsAlive > 0
  const hasJob = overview.queues.length > 0
  return (
    <section className="first" aria-labelledby="first-title">
      <Mark size={32} />
      <h2 id="first-title">{first.title}</h2>
      <p className="muted">{first.text}</p>
      <ol>
        <Step
          title={first.define}
          text={first.defineText}
          code={[firstStepsCode.define]}
          isDone={hasStation || hasJob}
        />
        <Step title={first.start} text={first.startText} code={[firstStepsCode.start]} isDone={hasStation} />
        <Step
          title={first.dispatch}
          text={first.dispatchText}
          code={[firstStepsCode.dispatch, firstStepsCode.dispatchCode]}
          isDone={hasJob}
        />
      </ol>
    </section>
  )
}
