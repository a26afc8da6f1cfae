/** The page that turns a token into a session. */
export const login = {
  title: 'Sign in to Stellwerk',
  text: 'Paste a token. It is exchanged for a session of this browser and is not kept here.',
  label: 'Token',
  show: 'Show',
  hide: 'Hide',
  submit: 'Sign in',
  submitting: 'Signing in',
  wrong: 'This token is not valid: mistyped, expired or revoked.',
  malformed: 'A token begins with stw_ and has 47 characters.',
  limited: 'Too many attempts. Wait a minute, then try again.',
  expiredLink: 'This link was used already or is older than ten minutes. Ask for a new one, or paste a token.',
  help: 'Where do I get a token?',
  helpText: 'Whoever runs the server makes one with this command. The role says what it allows:',
  command: 'npx stellwerk token create my-name --role operator',
  helpDev: 'In development, stellwerk dev prints a link that signs you in.',
}
