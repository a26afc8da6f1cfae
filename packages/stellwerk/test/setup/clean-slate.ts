import { afterAll, vi } from 'vitest'

// Files that share a process find the clock, the surroundings and the modules as they are, whatever the file before them put in their place.
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})
