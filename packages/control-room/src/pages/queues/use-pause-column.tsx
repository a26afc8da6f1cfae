import { useMemo } from 'react'
import type { Queue } from '../../../../stellwerk/src/http/schemas/queue.ts'
import { PauseButton } from '../../panels/queue-pause/pause-button.tsx'
import type { Column } from '../../ui/table-column.ts'

/** The button that pauses or resumes a queue. */
export function usePauseColumn(): Column<Queue> {
  return useMemo(
    () => ({
      id: 'pause',
      header: '',
      align: 'end',
      card: 'corner',
      render: (queue) => <PauseButton queue={queue} isSmall />,
    }),
    [],
  )
}
