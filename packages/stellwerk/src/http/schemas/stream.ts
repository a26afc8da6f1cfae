/**
 * The events of `GET /stream`. Each is one server-sent event: its name is `event:`, its JSON is `data:`.
 *
 * Wire form of a value: that of the GET it mirrors, but an array of rows (objects with a key, see {@link WireRows}) is sent as `{ $rows, $order }`.
 * To apply a patch, walk `path` from the value: a step into an object or `$rows` is a key, a step into a plain array is an index. An operation with two
 * parts sets what is there, one with one part removes it. An empty path replaces the whole value. Keys may be any text, `__proto__` too: keep rows in a Map
 * or an object without prototype. A field that only says how much time has
 * passed (`uptimeMs`, `leaseLeftMs`, `forMs`, `lastSeenAt` of a live station) is sent where something beside it changed: count it on from the `at` of the event.
 * A key `$rows` of the value itself, as a payload may have one, is sent as `$$rows`.
 */
export interface StreamEvents {
  /** The first event of a topic, again after it was stale: replaces whatever was known. */
  readonly snapshot: { readonly topic: string; readonly at: string; readonly value: unknown }
  /** What changed since the last event of the topic. `at` is the time of the sample; where the value has an `at` of its own, this is it. */
  readonly patch: { readonly topic: string; readonly at: string; readonly ops: readonly PatchOperation[] }
  /** The topic could not be read since: what was sent last stays, a snapshot follows when it is read again. `since` is null where it never was read. */
  readonly stale: { readonly topic: string; readonly since: string | null; readonly code: string }
  /** There is nothing any more behind the topic, such as a job that was deleted; no event of it follows. */
  readonly gone: { readonly topic: string; readonly code: string }
  /** The topic cannot be followed as it was asked for: it is none, or the viewer may not see it. The others of the stream are not touched; no other event of it follows. */
  readonly refused: { readonly topic: string; readonly code: string; readonly detail: string }
}

/** Sets what is at the path, or removes it. */
export type PatchOperation = readonly [path: PatchPath, value: unknown] | readonly [path: PatchPath]

/** Steps from the value: keys of objects, keys of rows behind `$rows`, indices of plain arrays. */
export type PatchPath = readonly (string | number)[]

/** An array of rows on the wire: rows by key, and the keys in order. */
export interface WireRows {
  readonly $rows: Readonly<Record<string, unknown>>
  readonly $order: readonly string[]
}
