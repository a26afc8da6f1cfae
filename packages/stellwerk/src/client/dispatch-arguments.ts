/** A payload and the options behind it; a job type without a payload needs neither. */
export type DispatchArguments<Input, Options> = undefined extends Input
  ? [payload?: Input, options?: Options]
  : [payload: Input, options?: Options]
