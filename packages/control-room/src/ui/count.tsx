import { useFormat } from '../i18n/messages-context.tsx'

interface CountProps {
  /** null = not known. */
  readonly value: number | null
  /** Nothing is written in a quiet voice. */
  readonly isQuiet?: boolean
}

/** A whole number with its separators; from 1,000,000 on short, with the whole one on hover. */
export function Count({ value, isQuiet = false }: CountProps) {
  const format = useFormat()
  const short = format.compact(value)
  const whole = format.number(value)
  return (
    <span className={isQuiet && !value ? 'nowrap muted' : 'nowrap'} title={short === whole ? undefined : whole}>
      {short}
    </span>
  )
}
