/** Rows of a page: as many as the server gives unasked. */
export const pageLength = 50
