import { EyeOff } from 'lucide-react'
import type { JobDetail } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useJobWords } from '../../panels/job-words/job-words.ts'
import { JsonPanel } from '../../panels/json-viewer/json-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { payloadGap } from './payload-gap.ts'

/** What a job was given, what it gave back, and what its dispatch chose; or why they are not shown. */
export function PayloadPanels({ job }: { readonly job: JobDetail }) {
  const words = useJobWords()
  return (
    <>
      {payloadGap(job) === null ? (
        <JsonPanel title={words.payload} value={job.payload} fileName={`job-${job.id}-payload.json`} />
      ) : (
        <Panel title={words.payload}>
          <p className="payload-gap muted">
            <EyeOff size={14} aria-hidden="true" />
            {job.payloadHidden ? words.hidden : words.notKept}
          </p>
        </Panel>
      )}
      {job.state === 'completed' && payloadGap(job) === null ? (
        <JsonPanel title={words.result} value={job.result} fileName={`job-${job.id}-result.json`} />
      ) : null}
      {job.options === null || Object.keys(job.options).length === 0 ? null : (
        <JsonPanel title={words.options} value={job.options} fileName={`job-${job.id}-options.json`} />
      )}
    </>
  )
}
