/** One numbered step of the schema. `oldestProgram` is the lowest schema number a program must know to work with the result. */
export interface Migration {
  readonly version: number
  /** What it brings, in a few words. */
  readonly name: string
  readonly oldestProgram: number
  readonly text: string
}
