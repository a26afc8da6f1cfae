import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { PackagePlus } from 'lucide-react'
import { useState } from 'react'
import type { DispatchedJobReference, NewJobRequest } from '../../../../stellwerk/src/http/schemas/dispatch.ts'
import type { JobTypeList } from '../../../../stellwerk/src/http/schemas/job-type.ts'
import { useApi } from '../../api/api-context.tsx'
import { asProblem } from '../../api/problem.ts'
import { useMessages } from '../../i18n/messages-context.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import './dispatch-dialog.css'
import { DispatchFields } from './dispatch-fields.tsx'
import { Dispatched } from './dispatched.tsx'
import type { Sending } from './sending.ts'

/** Dispatches one job of a type that is known here. */
export function DispatchDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = useApi()
  const cache = useQueryClient()
  const [round, setRound] = useState(0)
  const sending = useMutation({
    mutationFn: (body: NewJobRequest) => client.send<DispatchedJobReference>('/jobs', { method: 'POST', body }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['live'] }),
  })
  if (sending.data !== undefined) {
    const again = () => {
      sending.reset()
      setRound(round + 1)
    }
    return <Dispatched id={sending.data.id} onClose={onClose} onAnother={again} />
  }
  return <ChooseAndSend key={round} onClose={onClose} sending={sending} />
}

function ChooseAndSend({ onClose, sending }: { readonly onClose: () => void; readonly sending: Sending }) {
  const { dispatch } = useMessages()
  const { client } = useApi()
  const types = useQuery({
    queryKey: ['types'],
    queryFn: ({ signal }) => client.send<JobTypeList>('/types', { signal }),
  })
  const known = types.data?.types.filter(({ dispatchable }) => dispatchable) ?? []
  if (known.length > 0) return <DispatchFields types={known} sending={sending} onClose={onClose} />
  return (
    <Dialog title={dispatch.title} onClose={onClose}>
      {types.isPending ? <SkeletonRows rows={3} /> : null}
      {types.error === null ? null : (
        <ProblemNote
          problem={asProblem(types.error)}
          title={dispatch.typesFailed}
          onRetry={() => void types.refetch()}
        />
      )}
      {types.data === undefined ? null : (
        <EmptyState icon={PackagePlus} title={dispatch.noTypes} hint={dispatch.noTypesHint} />
      )}
    </Dialog>
  )
}
