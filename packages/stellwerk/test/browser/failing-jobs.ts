import { defineJob } from 'stellwerk'
import { expect } from 'vitest'
import { z } from 'zod'
import { openSite, type Site, type SiteOptions } from './open-site.ts'

/** A site with a failed job whose cause is gone. */
export interface FailureSite extends Site {
  readonly failedId: number
}

const cause = "Expected ',' or '}' after property value in JSON"

/** Three packages were checked, one of them was only half written then: its job failed, and would succeed now. */
export async function openFailureSite(options: Partial<SiteOptions> = {}): Promise<FailureSite> {
  let isWhole = false
  const check = defineJob({
    name: 'check-manifest',
    payload: z.object({ package: z.string() }),
    queue: 'manifests',
    tries: 2,
    backoff: '10ms',
    handle: ({ package: name }, { log }) => {
      log.info('reading', { package: name })
      if (name === 'broken' && !isWhole) throw new SyntaxError(cause)
      return { name }
    },
  })
  const site = await openSite({ ...options, jobs: [check] })
  await site.work()
  const [, broken] = await Promise.all(
    ['whole', 'broken', 'fine'].map((name) => site.stellwerk.dispatch(check, { package: name })),
  )
  const failedId = broken?.id ?? 0
  await expect.poll(async () => (await site.stellwerk.job(failedId)).state, { timeout: 20_000 }).toBe('failed')
  isWhole = true
  return { ...site, failedId }
}
