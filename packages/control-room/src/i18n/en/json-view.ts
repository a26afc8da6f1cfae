import { pluralIn } from '../plural.ts'

const plural = pluralIn('en')

/** Payloads and results. */
export const jsonView = {
  tree: 'Tree',
  text: 'Text',
  view: 'View',
  copy: 'Copy JSON',
  download: 'Download',
  items: (count: number) => plural(count, { one: '# item', other: '# items' }),
  fields: (count: number) => plural(count, { one: '# field', other: '# fields' }),
  more: (count: number) => plural(count, { one: 'Show # more', other: 'Show # more' }),
  large: (size: string, head: string) => `${size} in all; the first ${head} are shown. Download it to see the rest.`,
  expand: (key: string) => `Open ${key}`,
}
