import type { ControlRoom } from './control-room-options.ts'

/** A control room that is loaded at its first request: a process that only mounts it starts as fast as one without. */
export function lazyControlRoom(load: () => Promise<ControlRoom>): ControlRoom {
  let loading: Promise<ControlRoom> | undefined
  let isClosed = false
  const room = async (): Promise<ControlRoom> => {
    loading ??= load()
    const loaded = await loading
    if (isClosed) await loaded.close()
    return loaded
  }
  return {
    fetch: async (request, context) => (await room()).fetch(request, context),
    node: (request, response, next) => {
      room().then(
        (loaded) => loaded.node(request, response, next),
        (error: unknown) => {
          if (next === undefined) response.destroy()
          else next(error)
        },
      )
    },
    loginPath: async () => (await room()).loginPath(),
    close: async () => {
      isClosed = true
      // One that cannot be loaded has nothing to end; who asked for it was told.
      await loading?.then(
        (loaded) => loaded.close(),
        () => undefined,
      )
    },
  }
}
