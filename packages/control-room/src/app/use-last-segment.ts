import { useLocationProperty } from 'wouter/use-browser-location'

/** The last part of a path, decoded, a slash at its end aside; as it is where it cannot be decoded. */
export function lastSegment(pathname: string): string {
  const path = pathname.replace(/\/$/, '')
  const segment = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The last part of the address: a name that may hold anything, slashes and percent signs too. */
export function useLastSegment(): string {
  return useLocationProperty(() => lastSegment(location.pathname))
}
