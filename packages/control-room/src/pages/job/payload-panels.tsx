import { EyeOff } from 'lucide-react'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { JsonViewer } from '../../panels/json-viewer/json-viewer.tsx'
import { Panel } from '../../ui/panel.tsx'

/** What a job was given, what it gave back, and what its dispatch chose; or why they are not shown. */
export function PayloadPanels({ job }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  return (
    <>
      <Panel title={words.payload}>
        {payloadGap(job) === null ? (
          <JsonViewer value={job.payload} label={words.payload} fileName={`job-${job.id}-payload.json`} />
        ) : (
          <Gap job={job} />
        )}
      </Panel>
      {job.state === 'completed' && !job.payloadHidden ? (
        <Panel title={words.result}>
          <JsonViewer value={job.result} label={words.result} fileName={`job-${job.id}-result.json`} />
        </Panel>
      ) : null}
      {job.options === null || Object.keys(job.options).length === 0 ? null : (
        <Panel title={words.options}>
          <JsonViewer value={job.options} label={words.options} fileName={`job-${job.id}-options.json`} />
        </Panel>
      )}
    </>
  )
}

/** Why there is no payload to be seen; null where there is one. */
export function payloadGap({ payloadHidden, payloadKept }: JobDetail): 'hidden' | 'notKept' | null {
  if (payloadHidden) return 'hidden'
  return payloadKept ? null : 'notKept'
}

function Gap({ job }: { readonly job: JobDetail }) {
  const { job: words } = useMessages()
  return (
    <p className="payload-gap muted">
      <EyeOff size={14} aria-hidden="true" />
      {job.payloadHidden ? words.hidden : words.notKept}
    </p>
  )
}
