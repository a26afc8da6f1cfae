import { useCallback, useMemo } from 'react'
import { useLocation } from 'wouter'
import { useLocationProperty } from 'wouter/use-browser-location'
import type { SearchCodec } from './search-codec.ts'

/** Changes some of the values in the address. By default the address before stays reachable by the back button. */
type Change<Values> = (change: Partial<Values>, options?: { readonly replace?: boolean }) => void

/** What the address says, and how to change it. */
export function useSearchValues<Values extends object>(codec: SearchCodec<Values>): [Values, Change<Values>] {
  // As it stands in the address: wouter's own hook decodes it once already, and a text with a percent sign would be decoded twice.
  const search = useLocationProperty(() => location.search)
  const [path, navigate] = useLocation()
  const values = useMemo(() => codec.read(search), [codec, search])
  const change = useCallback<Change<Values>>(
    (part, options = {}) => {
      const query = codec.write({ ...values, ...part })
      navigate(query === '' ? path : `${path}?${query}`, options)
    },
    [codec, values, path, navigate],
  )
  return [values, change]
}
