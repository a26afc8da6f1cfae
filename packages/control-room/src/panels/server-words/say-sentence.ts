import { sentences as de } from '../../i18n/de/sentences.ts'
import { sentences as en } from '../../i18n/en/sentences.ts'
import type { Formatters } from '../../i18n/formatters.ts'
import type { Language } from '../../i18n/languages.ts'
import { visibleText } from '../../ui/visible-text.ts'

type Name = keyof typeof en
type Figures = Pick<Formatters, 'duration' | 'bytes' | 'percent'>

/** What the sentences of the server are in each language; they come with the pages that show them. */
export const sentenceWords: Readonly<Record<Language, Readonly<Record<Name, string>>>> = { en, de }

const MEGABYTE = 1_048_576

interface Figure {
  /** As the server writes it. */
  readonly shape: string
  readonly say: (text: string, format: Figures) => string
}

const span: Figure = { shape: '[\\w.]+', say: (text, format) => format.duration(spanMs(text)) }
const share: Figure = { shape: '\\d+ %', say: (text, format) => format.percent(Number.parseFloat(text) / 100) }

/** Figures that are written in the way of the language. */
const figures: Readonly<Record<string, Figure>> = {
  age: span,
  span,
  limit: { ...span, shape: '\\d+ ms|[\\w.]+' },
  size: { shape: '\\d+ MB', say: (text, format) => format.bytes(Number.parseFloat(text) * MEGABYTE) },
  cpu: share,
  most: share,
}

/** What may hold anything; all else is a figure or one word. */
const free = new Set(['pool', 'type', 'fault', 'end', 'its', 'stations'])
const LONGEST = 2_000

function shapeOf(sentence: string): RegExp {
  const parts = sentence.split(/\{(\w+)\}/)
  const source = parts.map((part, at) => {
    if (at % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return `(?<${part}>${free.has(part) ? '.+' : (figures[part]?.shape ?? '[\\w.]+')})`
  })
  return new RegExp(`^${source.join('')}$`, 's')
}

const shapes = (Object.keys(en) as Name[]).map((name) => [name, shapeOf(en[name])] as const)

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a duration as the server writes it: 1.5s, 2m5s, 3d4h; limits of older ones as 60000 ms. */
function spanMs(text: string): number {
  return [...text.matchAll(/([\d.]+) ?(ms|[smhd])/g)].reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (unitMs[unit] ?? 0),
    0,
  )
}

/** A sentence of the server in a language; null where it is none of those the room has words for. Pure. */
export function saySentence(text: string, language: Language, format: Figures): string | null {
  if (text.length > LONGEST) return null
  for (const [name, shape] of shapes) {
    const found = shape.exec(text)
    if (found === null) continue
    const { end, ...given } = found.groups ?? {}
    const said = end === undefined ? '' : saySentence(end, language, format)
    if (said !== null) return filled(sentenceWords[language][name], { ...given, end: said }, format)
  }
  return null
}

function filled(words: string, given: Readonly<Record<string, string>>, format: Figures): string {
  return words.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
    const text = given[part] ?? ''
    return figures[part]?.say(text, format) ?? visibleText(text)
  })
}
