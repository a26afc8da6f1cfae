import type { Verdict } from '../../../stellwerk/src/http/schemas/verdict.ts'

/** How bad it is, in one word. */
export type VerdictState = Verdict['state']
