/** The forms of one language; `#` stands for the number. English and German know one and other. */
export interface PluralForms {
  readonly one: string
  readonly other: string
}

/** Chooses the form of `count` by the rules of `language`, and writes the number as that language does. */
export function pluralIn(language: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (count, forms) => {
    const form = rules.select(count) === 'one' ? forms.one : forms.other
    return form.replaceAll('#', numbers.format(count))
  }
}
