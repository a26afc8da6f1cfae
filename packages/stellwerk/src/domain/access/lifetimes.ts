/** A session ends when it was not used for so long, ms: half a day. */
export const sessionIdleMs = 43_200_000

/** A session ends at the latest so long after the login, ms: seven days. */
export const sessionLongestMs = 604_800_000

/** A login link works once, and so long, ms: ten minutes. */
export const loginLinkMs = 600_000

/** How exactly the last use of a token or session is known, ms: it costs a write. */
export const lastUseMs = 60_000
