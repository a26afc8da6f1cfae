import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { SearchCodec } from './search-codec.ts'

/** Changes some of the values in the address. By default the address before stays reachable by the back button. */
type Change<Values> = (change: Partial<Values>, options?: { readonly replace?: boolean }) => void

/** What the address says, and how to change it. */
export function useSearchValues<Values extends object>(codec: SearchCodec<Values>): [Values, Change<Values>] {
  const search = useSearch()
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
