import { StellwerkError } from '../../domain/errors.ts'
import { didYouMean } from '../../std/did-you-mean.ts'
import { settingNames, variableOf } from './settings.ts'

/** Variables as process.env holds them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Ours, though no key of the configuration. */
const others = ['STELLWERK_CONFIG', 'STELLWERK_DEBUG']
/** What a cluster sets by itself for a service that is named stellwerk. */
const ofTheCluster =
  /^STELLWERK_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)?)$/
const ofTests = /^STELLWERK_TEST_/

/** Refuses a STELLWERK_ variable that nothing reads: a slip would otherwise go unseen. @throws CONFIG_INVALID */
export function checkVariables(env: Environment): void {
  const known = new Set([...settingNames.map(variableOf), ...others])
  for (const variable of Object.keys(env)) {
    if (
      !variable.startsWith('STELLWERK_') ||
      known.has(variable) ||
      ofTheCluster.test(variable) ||
      ofTests.test(variable)
    )
      continue
    throw new StellwerkError(
      'CONFIG_INVALID',
      `unknown variable ${variable}${didYouMean(variable, known) || "; correct or unset it, 'stellwerk config' shows every key"}`,
    )
  }
}
