/** A phrase that stands in one licence text and in no other above it in the list. */
const phrases: readonly (readonly [string, RegExp])[] = [
  ['Apache-2.0', /apache license,?\s+version 2\.0/i],
  ['MPL-2.0', /mozilla public license,?\s+(version|v\.) 2\.0/i],
  ['GPL', /gnu (lesser |affero )?general public license/i],
  ['BlueOak-1.0.0', /blue oak model license/i],
  ['CC0-1.0', /cc0 1\.0 universal/i],
  ['CC-BY', /creative commons attribution/i],
  ['Python-2.0', /python software foundation license/i],
  ['PostgreSQL', /without a written agreement is\s+hereby granted/i],
  ['Unlicense', /released into the public domain/i],
  ['BSD-3-Clause', /redistribution and use in source and binary forms[\s\S]+neither the name/i],
  ['BSD-2-Clause', /redistribution and use in source and binary forms/i],
  ['ISC', /permission to use, copy, modify,? and(\/or)? distribute this software/i],
  ['MIT', /permission is hereby granted, free of charge/i],
  ['MIT', /\bMIT licen[sc]e\b/i],
]

/** Whether a file of this name holds a package's licence. */
export function isLicenceFile(name: string): boolean {
  return /^(licen[sc]es?|copying|unlicense)([.-]|$)/i.test(name)
}

/** The SPDX id of a licence text, or null for a text that none of the known phrases stands in. */
export function recogniseLicence(text: string): string | null {
  return phrases.find(([, phrase]) => phrase.test(text))?.[0] ?? null
}
