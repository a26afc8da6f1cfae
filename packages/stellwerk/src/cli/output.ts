/** Colours a command may use; each is empty where colour is off. */
export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Where a command writes. Texts that come from jobs go through std/terminal-safe first. */
export interface Output {
  readonly json: boolean
  /** Columns of the terminal, null where the output is no terminal: nothing is shortened then. */
  readonly width: number | null
  /** One line of the result. */
  line(text?: string): void
  /** The result as one JSON document, indented on a terminal. */
  value(value: unknown): void
  /** One line beside the result, on the standard error. */
  note(text: string): void
  paint(colour: Colour, text: string): string
}

/** What decides about an output. */
export interface OutputOptions {
  readonly json: boolean
  readonly colour: boolean
}

const codes: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 }

/** The output of this process: colours only on a terminal, and never where NO_COLOR is set. */
export function createOutput({ json, colour }: OutputOptions): Output {
  const isTerminal = process.stdout.isTTY === true
  const colours = colour && isTerminal && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'
  return {
    json,
    width: isTerminal ? (process.stdout.columns ?? 80) : null,
    line: (text = '') => void process.stdout.write(`${text}\n`),
    value: (value) => void process.stdout.write(`${JSON.stringify(value, null, isTerminal ? 2 : undefined)}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    paint: (name, text) => (colours ? `\u001b[${codes[name]}m${text}\u001b[0m` : text),
  }
}
