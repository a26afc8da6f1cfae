import { choiceParam, defineSearch } from '../../app/search-codec.ts'

/** From then on a row for each worker is too much to take in. */
export const rowsAtMost = 60

/** What the address of the page of workers says. `form` auto = a table, and a grid where there are more than {@link rowsAtMost}. */
export const workersSearch = defineSearch({
  by: choiceParam(['pool', 'machine']),
  form: choiceParam(['auto', 'table', 'grid']),
})

/** How so many workers are shown. Pure. */
export function formFor(chosen: 'auto' | 'table' | 'grid', workers: number): 'table' | 'grid' {
  if (chosen !== 'auto') return chosen
  return workers > rowsAtMost ? 'grid' : 'table'
}
