import { Wrench } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { overviewTopic } from '../api/live/topics.ts'
import { useLive } from '../api/live/use-live.ts'
import { usePermission } from '../api/use-session.ts'
import { useFormat, useMessages } from '../i18n/messages-context.tsx'
import { useNow } from '../ui/clock.ts'
import { visibleText } from '../ui/visible-text.ts'
import { WholeOptions } from '../ui/whole-options.tsx'

const MaintenanceDialog = lazy(async () => ({
  default: (await import('../panels/maintenance/maintenance-dialog.tsx')).MaintenanceDialog,
}))

interface MaintenanceTextProps {
  readonly by: string
  readonly since: string
}

function MaintenanceText({ by, since }: MaintenanceTextProps) {
  const { maintenance } = useMessages().shell
  const format = useFormat()
  const now = useNow(1_000)
  const span = Math.max(0, now - Date.parse(since))
  return maintenance.on(visibleText(by), format.recent(since, now), format.duration(Math.floor(span / 1_000) * 1_000))
}

/** Says on every page that maintenance is on, by whom and why, and ends it for who may. */
export function MaintenanceBar() {
  const { shell } = useMessages()
  const { maintenance: words } = shell
  const { data } = useLive(overviewTopic)
  const mayEnd = usePermission('maintenance:manage')
  const [isAsked, setAsked] = useState(false)
  const maintenance = data?.maintenance ?? null
  return (
    <>
      {maintenance === null ? null : (
        <div className="maintenance-bar tone-pending">
          <Wrench size={16} aria-hidden="true" />
          <p>
            <strong>
              <MaintenanceText {...maintenance} />
            </strong>
            {maintenance.reason === null ? '.' : shell.because(visibleText(maintenance.reason))}{' '}
            <span role="status">
              <WholeOptions text={words.means} />
            </span>{' '}
            {mayEnd ? (
              <button type="button" onClick={() => setAsked(true)}>
                {words.end}
              </button>
            ) : null}
          </p>
        </div>
      )}
      {isAsked ? (
        <Suspense>
          <MaintenanceDialog isOn={false} onClose={() => setAsked(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
