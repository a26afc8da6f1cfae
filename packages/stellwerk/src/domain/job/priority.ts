import { StellwerkError } from '../errors.ts'

/** The names that faces accept for a priority, and what they stand for. */
export const namedPriorities = { low: -10, normal: 0, high: 10, critical: 20 } as const

/** One of low, normal, high, critical. */
export type PriorityName = keyof typeof namedPriorities

/** Lowest and highest priority of a job; higher goes first. */
export const priorityBounds = { lowest: -100, highest: 100 } as const

const INTEGER = /^[+-]?\d{1,3}$/

/**
 * The priority that a number, a name or the text of an integer means: -100 to 100, higher first.
 * @throws StellwerkError OPTION_INVALID naming the value and what is accepted
 */
export function parsePriority(value: unknown): number {
  const priority = typeof value === 'string' ? ofText(value) : value
  const { lowest, highest } = priorityBounds
  if (typeof priority === 'number' && Number.isInteger(priority) && priority >= lowest && priority <= highest) {
    return priority === 0 ? 0 : priority // -0 would be stored and compared as another number
  }
  const shown = shownValue(value)
  throw new StellwerkError(
    'OPTION_INVALID',
    `priority ${shown} is not accepted: give an integer from ${lowest} to ${highest} or low, normal, high, critical`,
    { details: { option: 'priority', value: shown } },
  )
}

/** The name of a priority that has one, else its digits: 'high', '7'. */
export function formatPriority(priority: number): string {
  const named = Object.entries(namedPriorities).find(([, value]) => value === priority)
  return named?.[0] ?? String(priority)
}

function ofText(text: string): number | undefined {
  if (Object.hasOwn(namedPriorities, text)) return namedPriorities[text as PriorityName]
  return INTEGER.test(text) ? Number(text) : undefined
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40))
  return value === null || typeof value !== 'object'
    ? String(value).slice(0, 40)
    : `of type ${Array.isArray(value) ? 'array' : 'object'}`
}
