/** The items in chunks whose sizes do not exceed `max`, but for a single larger item. */
export function inChunks<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  max: number,
): readonly (readonly Item[])[] {
  const chunks: Item[][] = []
  let size = 0
  for (const item of items) {
    const itemSize = sizeOf(item)
    const last = chunks.at(-1)
    if (last === undefined || size + itemSize > max) {
      chunks.push([item])
      size = itemSize
    } else {
      last.push(item)
      size += itemSize
    }
  }
  return chunks
}
