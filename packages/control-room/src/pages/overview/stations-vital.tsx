import type { Vitals } from '../../../../stellwerk/src/http/schemas/overview.ts'
import { useFormat, useMessages } from '../../i18n/messages-context.tsx'
import { Vital } from '../../panels/vital/vital.tsx'
import './stations-vital.css'

/** How many stations live, how many were lost, and how full they are. */
export function StationsVital({ vitals }: { readonly vitals: Vitals }) {
  const words = useMessages().overview.vitals
  const format = useFormat()
  const { stationsAlive, stationsLost, processing, capacity } = vitals
  const share = capacity === 0 ? 0 : Math.min(1, processing / capacity)
  return (
    <Vital
      label={words.stations}
      value={format.number(stationsAlive)}
      unit={words.alive}
      note={
        <>
          {stationsLost === 0 ? null : (
            <>
              <span className="lost-part tone-lost">{words.lost(stationsLost)}</span> ·{' '}
            </>
          )}
          {words.running(format.number(processing), format.number(capacity))}
        </>
      }
      tone={stationsAlive === 0 ? 'lost' : undefined}
    >
      <span className="slots" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
    </Vital>
  )
}
