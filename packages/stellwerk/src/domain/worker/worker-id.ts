/** A worker's id from 64 random bits in hexadecimal digits: `w_` and them. */
export function workerIdOf(digits: string): string {
  return `w_${digits}`
}
