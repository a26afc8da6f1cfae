import { useId } from 'react'

interface SegmentsProps<Value extends string> {
  readonly title: string
  readonly value: Value
  /** Values with their words, in order. */
  readonly options: readonly (readonly [value: Value, word: string])[]
  readonly onChange: (value: Value) => void
  /** The title is only read aloud. */
  readonly isTitleHidden?: boolean
}

/** A choice of one among few, side by side: radio buttons underneath. */
export function Segments<Value extends string>({
  title,
  value,
  options,
  onChange,
  isTitleHidden = false,
}: SegmentsProps<Value>) {
  const name = useId()
  return (
    <fieldset className="choice">
      <legend className={isTitleHidden ? 'unseen' : undefined}>{title}</legend>
      <div className="segments">
        {options.map(([option, word]) => (
          <label key={option} className="segment">
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{word}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
