import { StellwerkError } from '../domain/errors.ts'

/** A range of times or ids whose end is not before its beginning; what is not given narrows nothing. @throws PARAMETER_INVALID naming both */
export function assertRange(
  names: readonly [from: string, to: string],
  from: number | undefined,
  to: number | undefined,
): void {
  if (from === undefined || to === undefined || from <= to) return
  throw new StellwerkError('PARAMETER_INVALID', `'${names[0]}' lies behind '${names[1]}'; give the earlier one first`)
}
