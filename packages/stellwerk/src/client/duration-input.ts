/** Duration: a number is milliseconds, a text carries its unit ('500ms', '30s', '10m', '1h30m', '2d'). */
export type DurationInput = number | string
