import type { Reason } from '../../../stellwerk/src/http/schemas/verdict.ts'

/** The figures of a reason, written for people; what is not there is empty, or 0. */
export interface ReasonFigures {
  text(name: string): string
  /** As it is, to choose a form by. */
  number(name: string): number
  figure(name: string): string
  percent(name: string): string
  span(name: string): string
}

/** One sentence for each reason. */
export type ReasonWords = { readonly [Code in Reason['code']]: (figures: ReasonFigures) => string }
