import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { acting, draw, untilDrawn } from '../../../test/draw.tsx'
import { archivedDetail, failedDetail, runningDetail } from '../../../test/fixtures/job-details.ts'
import { makeSession } from '../../../test/fixtures/sessions.ts'
import { ApiProvider } from '../../api/api-context.tsx'
import { SessionContext } from '../../api/use-session.ts'
import { createRoom } from '../../app/create-room.ts'
import { JobActions } from './job-actions.tsx'
import type { CancelWish } from './use-cancel-wish.ts'

const noWish: CancelWish = { isAsked: false, order: null, isUnderWay: false }

afterEach(() => vi.unstubAllGlobals())

async function drawActions(job: typeof failedDetail, wish = noWish) {
  const fetched = vi.fn(async () => new Response('{}', { status: 500 }))
  vi.stubGlobal('fetch', fetched)
  const { api, queries } = createRoom({ basePath: '' })
  const drawing = await draw(
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <SessionContext value={makeSession()}>
          <JobActions job={job} wish={wish} onDeleted={() => undefined} />
        </SessionContext>
      </ApiProvider>
    </QueryClientProvider>,
  )
  const button = (name: string) =>
    [...drawing.place.querySelectorAll('button')].find(({ textContent }) => textContent === name)
  return { ...drawing, button, fetched }
}

test('a failed job is retried at once, a completed one is asked about first', async () => {
  const failed = await drawActions(failedDetail)
  expect(failed.button('Retry')?.dataset['kind']).toBe('primary')
  await acting(() => failed.button('Retry')?.click())
  await untilDrawn(() => expect(failed.fetched).toHaveBeenCalled())
  expect(failed.place.querySelector('dialog')).toBeNull()
  await failed.remove()
  const archived = await drawActions(archivedDetail)
  expect(archived.button('Retry')?.dataset['kind']).toBe('normal')
  await acting(() => archived.button('Retry')?.click())
  expect(archived.place.querySelector('dialog')?.textContent).toContain('Retry 1 job?')
  await archived.remove()
})

test('a job that is being cancelled is not to be cancelled once more', async () => {
  const running = await drawActions(runningDetail, { isAsked: true, order: null, isUnderWay: true })
  expect(running.button('Cancel job')?.disabled).toBe(true)
  await running.remove()
  const refused = await drawActions(runningDetail, { isAsked: true, order: null, isUnderWay: false })
  expect(refused.button('Cancel job')?.disabled).toBe(false)
  await refused.remove()
})
