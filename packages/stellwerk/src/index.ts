export { StellwerkError } from './domain/errors.ts'
