/** Short names of units in one language. */
export interface Units {
  readonly millisecond: string
  readonly second: string
  readonly minute: string
  readonly hour: string
  readonly day: string
}
