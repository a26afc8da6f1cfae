import { useFormat } from '../i18n/messages-context.tsx'

/** A whole number with its separators; from 10,000 on short, with the whole one on hover. null = not known. */
export function Count({ value }: { readonly value: number | null }) {
  const format = useFormat()
  const short = format.compact(value)
  const whole = format.number(value)
  return (
    <span className="nowrap" title={short === whole ? undefined : whole}>
      {short}
    </span>
  )
}
