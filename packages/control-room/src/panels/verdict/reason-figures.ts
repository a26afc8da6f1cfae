import type { Reason } from '../../../../stellwerk/src/http/schemas/verdict.ts'
import type { Formatters } from '../../i18n/formatters.ts'
import type { ReasonFigures } from '../../i18n/reason-words.ts'
import { visibleText } from '../../ui/visible-text.ts'

/** The figures of a reason in the language and notation of the moment. */
export function reasonFigures(params: Reason['params'], format: Formatters): ReasonFigures {
  const number = (name: string) => Number(params[name] ?? 0)
  return {
    text: (name) => visibleText(String(params[name] ?? '')),
    number,
    figure: (name) => format.number(number(name)),
    percent: (name) => format.percent(number(name)),
    span: (name) => format.duration(number(name)),
  }
}
