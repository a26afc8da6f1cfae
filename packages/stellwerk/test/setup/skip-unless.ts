import { test } from 'vitest'

/**
 * Declares one test that is skipped, or fails when `STELLWERK_TEST_ALL=1`, unless `condition` holds; what comes back says whether the
 * real tests may be declared: `if (skipUnless(hasRedis, 'no redis-server on this machine')) test(...)`.
 */
export function skipUnless(condition: boolean, reason: string): boolean {
  if (condition) return true
  test(`needs what this machine lacks: ${reason}`, (context) => {
    if (process.env['STELLWERK_TEST_ALL'] === '1') throw new Error(`STELLWERK_TEST_ALL=1 allows no skip: ${reason}`)
    context.skip(reason)
  })
  return false
}
