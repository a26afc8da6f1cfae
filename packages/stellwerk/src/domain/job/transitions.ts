import { type JobState, jobStates } from './job-state.ts'

/** Names of the moves, as RELIABILITY and the store's statements use them. T4 renews a lease and moves no job. */
export type TransitionName = 'T1' | 'T2' | 'T2b' | 'T3' | 'T5' | 'T6' | 'T7' | 'T8' | 'T9' | 'T10' | 'T11'

/** Who makes a move. */
export type Mover = 'dispatcher' | 'promoter' | 'gate' | 'station' | 'rescuer' | 'operator' | 'retention'

/** One allowed move. `from` null: the job comes into being; `to` null: it is deleted. */
export interface Transition {
  readonly name: TransitionName
  readonly from: JobState | null
  readonly to: JobState | null
  readonly by: Mover
  /** What it is called in the diagram. */
  readonly verb: string
}

/** Every move that a job can make, and no other. The statements of both stores carry these guards. */
export const transitions: readonly Transition[] = [
  ...moves({ name: 'T1', by: 'dispatcher', verb: 'dispatch' }, [null], ['scheduled', 'pending', 'blocked']),
  ...moves({ name: 'T2', by: 'promoter', verb: 'promote' }, ['scheduled', 'retrying'], ['pending', 'blocked']),
  ...moves({ name: 'T2b', by: 'gate', verb: 'admit' }, ['blocked'], ['pending']),
  ...moves({ name: 'T3', by: 'station', verb: 'claim' }, ['pending'], ['processing']),
  ...moves({ name: 'T5', by: 'station', verb: 'complete' }, ['processing'], ['completed']),
  ...moves({ name: 'T6', by: 'station', verb: 'fail' }, ['processing'], ['retrying', 'failed']),
  ...moves({ name: 'T7', by: 'station', verb: 'give back' }, ['processing'], ['pending']),
  ...moves({ name: 'T7', by: 'station', verb: 'snooze' }, ['processing'], ['scheduled']),
  ...moves({ name: 'T8', by: 'rescuer', verb: 'rescue' }, ['processing'], ['pending', 'failed']),
  ...moves(
    { name: 'T9', by: 'operator', verb: 'cancel' },
    ['scheduled', 'pending', 'blocked', 'retrying', 'processing'],
    ['cancelled'],
  ),
  ...moves({ name: 'T10', by: 'operator', verb: 'retry' }, ['completed', 'failed', 'cancelled'], ['pending']),
  ...moves({ name: 'T11', by: 'retention', verb: 'prune' }, ['completed', 'failed', 'cancelled'], [null]),
  ...moves({ name: 'T11', by: 'operator', verb: 'forget' }, ['completed', 'failed', 'cancelled'], [null]),
]

const allowed: ReadonlySet<string> = new Set(transitions.map(({ from, to }) => `${from}>${to}`))

/** Whether a job may go from one state to another; null stands for not being there before or after. */
export function isAllowed(from: JobState | null, to: JobState | null): boolean {
  return allowed.has(`${from}>${to}`)
}

/** The table as the text of a Mermaid state diagram: one line per pair of states, with all verbs and names between them. */
export function drawTransitions(): string {
  const order = [null, ...jobStates]
  const lines = order.flatMap((from) => order.flatMap((to) => arrow(from, to)))
  return ['stateDiagram-v2', ...lines].join('\n')
}

function arrow(from: JobState | null, to: JobState | null): readonly string[] {
  const between = transitions.filter((move) => move.from === from && move.to === to)
  if (between.length === 0) return []
  const labels = between.map(({ verb, name }) => `${verb} (${name})`)
  return [`    ${from ?? '[*]'} --> ${to ?? '[*]'}: ${labels.join(', ')}`]
}

type States = readonly (JobState | null)[]

function moves(move: Omit<Transition, 'from' | 'to'>, froms: States, tos: States): readonly Transition[] {
  return froms.flatMap((from) => tos.map((to) => ({ ...move, from, to })))
}
