/** How often the `failed` hook of one death is begun, where whoever runs it dies in it, before it is let be. */
export const maxHookRuns = 3
