/**
 * The guard of every write about a claim, for a job `j` joined to an outcome `i` by id: processing, under this very claim. One expression over both
 * sides, so that no statistics and no partial index fit it and it cannot be applied before the join.
 */
export const heldClaim = `CASE WHEN j.state = 'processing' AND j.claim_seq = i.claim_seq THEN true ELSE false END`
