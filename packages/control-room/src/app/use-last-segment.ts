import { useLocationProperty } from 'wouter/use-browser-location'

/** The last part of a path, decoded; as it is where it cannot be decoded. */
export function lastSegment(pathname: string): string {
  const segment = pathname.slice(pathname.lastIndexOf('/') + 1)
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
