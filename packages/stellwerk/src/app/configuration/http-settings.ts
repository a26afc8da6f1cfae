import { resolve } from 'node:path'
import { type Setting, setting } from './setting.ts'
import { booleanFromText, listFromText } from './setting-schemas.ts'
import { z } from './zod.ts'

const asIs = (text: string): string => text

/** A text that may be left out. */
function optionalText(
  words: Pick<Setting<string | null>, 'description' | 'expects'>,
  most = 200,
): Setting<string | null> {
  return setting<string | null>({
    schema: z.string().min(1).max(most),
    type: 'string',
    defaultValue: null,
    defaultNote: 'none',
    fromText: asIs,
    ...words,
  })
}

function pathOf(description: string): Setting<string | null> {
  return {
    ...optionalText({ description, expects: "a path; give './cert.pem'" }, 4_096),
    resolvePaths: (path, base) => (path === null ? null : resolve(base, path)),
  }
}

/** How `serve` and `dev` face the network. */
export const httpSettings = {
  'http.host': setting<string>({
    schema: z.string().regex(/^[\w.:-]{1,255}$/),
    type: 'string',
    description:
      'Address the control room listens on. One that other machines reach needs `http.tls`, or `http.behindProxy` where a proxy of yours does that.',
    expects: "an address or name of this machine; give '127.0.0.1'",
    defaultValue: '127.0.0.1',
    fromText: asIs,
  }),
  'http.port': setting<number>({
    schema: z.number().int().min(0).max(65_535),
    type: 'number',
    description: 'Port the control room listens on. 0 = any that is free.',
    expects: 'a port from 0 to 65535',
    defaultValue: 7_575,
    fromText: (text) => (text.trim() === '' ? text : Number(text)),
  }),
  'http.publicUrl': setting<string | null>({
    schema: z.url({ protocol: /^https?$/ }).max(500),
    type: 'string',
    description:
      'Where people reach the control room, such as `https://jobs.example.com`: it answers under that host too.',
    expects: "an address of the web; give 'https://jobs.example.com'",
    defaultValue: null,
    defaultNote: 'none',
    fromText: asIs,
  }),
  'http.allowedHosts': setting<readonly string[]>({
    schema: z.array(z.string().regex(/^\.?[\w.-]+(?::\d{1,5})?$|^\[[0-9a-f:]+\](?::\d{1,5})?$/i)),
    type: 'string[]',
    description:
      'Further hosts it answers under: `jobs.internal` (any port), `jobs.internal:8080`, `.example.com` (any name below).',
    expects: "a list of hosts; give ['jobs.internal']",
    defaultValue: [],
    defaultNote: 'none',
    fromText: listFromText,
  }),
  'http.behindProxy': setting<boolean>({
    schema: z.boolean(),
    type: 'boolean',
    description:
      'Whether a proxy of yours stands before it, and it alone: its `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix` are believed then.',
    expects: 'true or false',
    defaultValue: false,
    fromText: booleanFromText,
  }),
  'http.tls.cert': pathOf(
    'Certificate in PEM, with its chain, relative to the file; with `http.tls.key` it speaks https.',
  ),
  'http.tls.key': pathOf('Private key of the certificate, in PEM, relative to the file.'),
  'http.environment': optionalText({
    description:
      'Tells production from the rest at a glance: `production`, `staging`, `development`, or a word of yours.',
    expects: 'a text of 1 to 200 characters',
  }),
  'http.title': optionalText({
    description: 'Name of the control room, shown in the page and the tab.',
    expects: 'a text of 1 to 200 characters',
  }),
  'http.readOnly': setting<boolean>({
    schema: z.boolean(),
    type: 'boolean',
    description: 'Nothing can be changed through it, whoever asks.',
    expects: 'true or false',
    defaultValue: false,
    fromText: booleanFromText,
  }),
}
