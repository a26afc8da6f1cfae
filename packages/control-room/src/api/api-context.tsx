import { createContext, type ReactNode, useContext } from 'react'
import type { ApiClient } from './api-client.ts'
import type { LiveClient } from './live/live-client.ts'

/** What pages ask for figures. */
export interface Api {
  readonly client: ApiClient
  readonly live: LiveClient
}

const ApiContext = createContext<Api | null>(null)

/** Gives client and stream to everything inside. */
export function ApiProvider({ api, children }: { readonly api: Api; readonly children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>
}

/** Client and stream of this room. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (api === null) throw new Error('the interface is used outside of ApiProvider')
  return api
}
