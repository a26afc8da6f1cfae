import type { StateCounts as Counts } from '../../../../stellwerk/src/http/schemas/scalars.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { StateCounts } from '../../panels/state-counts/state-counts.tsx'
import { Panel } from '../../ui/panel.tsx'

/** How many jobs are in each state, over all queues. */
export function StatesPanel({ counts }: { readonly counts: Counts }) {
  const { states } = useMessages().overview
  return (
    <Panel title={states.title}>
      <StateCounts counts={counts} pathOf={(state) => `/jobs?state=${state}`} />
    </Panel>
  )
}
