/** Who asks for something: kept with what they changed. `name` is the operating-system user, a token's label or the application's name. */
export interface Actor {
  readonly kind: 'application' | 'cli' | 'token' | 'station'
  readonly name: string
}
