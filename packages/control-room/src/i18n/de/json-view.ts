import type { Messages } from '../messages.ts'
import { pluralIn } from '../plural.ts'

const plural = pluralIn('de')

export const jsonView: Messages['jsonView'] = {
  tree: 'Baum',
  text: 'Text',
  view: 'Ansicht',
  copy: 'JSON kopieren',
  download: 'Herunterladen',
  items: (count: number) => plural(count, { one: '# Eintrag', other: '# Einträge' }),
  fields: (count: number) => plural(count, { one: '# Feld', other: '# Felder' }),
  more: (count: number) => plural(count, { one: '# weiteren zeigen', other: '# weitere zeigen' }),
  large: (size: string, head: string) =>
    `${size} insgesamt; gezeigt werden die ersten ${head}. Alles Weitere steht im Herunterladen.`,
  expand: (key: string) => `${key} öffnen`,
}
