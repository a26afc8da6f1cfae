import { visibleText } from './visible-text.ts'

/** Class and message of an error in one line, the whole message as its title. */
export function FailureLine({
  errorClass,
  message,
  lang,
  className,
}: {
  readonly errorClass: string
  readonly message: string
  readonly lang?: string | undefined
  readonly className: string
}) {
  return (
    <span className={className} title={message}>
      <strong>{visibleText(errorClass)}</strong> <span lang={lang}>{message}</span>
    </span>
  )
}
