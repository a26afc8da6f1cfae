import { readFile, writeFile } from 'node:fs/promises'

const begin = '<!-- figures: written by npm run bench:peers -->'
const end = '<!-- end of figures -->'

/** Where the figures of a whole run are written. */
export const benchmarksPath = 'docs/benchmarks.md'

/** Replaces what stands between the markers of the document. @throws Error when they are missing */
export async function writeBenchmarks(report: string): Promise<void> {
  const url = new URL(`../../${benchmarksPath}`, import.meta.url)
  await writeFile(url, putBetweenMarkers(await readFile(url, 'utf8'), report))
}

/** `document` with `report` between its markers. Pure. @throws Error when they are missing */
export function putBetweenMarkers(document: string, report: string): string {
  const from = document.indexOf(begin)
  const to = document.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${benchmarksPath}: the lines '${begin}' and '${end}' are missing`)
  return `${document.slice(0, from + begin.length)}\n\n${report}\n\n${document.slice(to)}`
}
