import { useApi } from '../../api/api-context.tsx'
import { useSession } from '../../api/use-session.ts'
import { PageHeader } from '../../app/page-header.tsx'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { useNow } from '../../ui/clock.ts'
import '../../ui/panel.css'
import './about.css'

function StoreTime() {
  return useFormat().dateTime(useNow(1_000))
}

/** What this installation is, and who looks at it. */
export function AboutPage() {
  const { about } = useMessages()
  const { client } = useApi()
  const { version, store, actor, permissions, queues, readOnly } = useSession()
  return (
    <>
      <PageHeader title={about.title} />
      <div className="page">
        <div className="panel">
          <dl className="facts">
            <dt>{about.version}</dt>
            <dd>{version}</dd>
            <dt>{about.store}</dt>
            <dd>{about.stores[store]}</dd>
            <dt>{about.serverTime}</dt>
            <dd>
              <StoreTime />
            </dd>
            <dt>{about.signedIn}</dt>
            <dd>{actor.name}</dd>
            <dt>{about.role}</dt>
            <dd>{actor.role ?? about.none}</dd>
            <dt>{about.queues}</dt>
            <dd>{queues === null ? about.allQueues : queues.join(', ')}</dd>
            <dt>{about.permissions}</dt>
            <dd className="mono">{permissions.join('  ')}</dd>
            <dt>{about.interface}</dt>
            <dd>
              <a className="link" href={client.address('/openapi.json')}>
                {about.openapi}
              </a>
            </dd>
          </dl>
          {readOnly ? <p className="facts-note">{about.readOnly}</p> : null}
        </div>
      </div>
    </>
  )
}
