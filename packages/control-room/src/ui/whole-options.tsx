/** A text in which no line ends within an option of the command line, such as `--force`. */
export function WholeOptions({ text }: { readonly text: string }) {
  return text.split(/(--\w+\S*)/).map((part) =>
    part.startsWith('--') ? (
      <span key={part} className="nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
