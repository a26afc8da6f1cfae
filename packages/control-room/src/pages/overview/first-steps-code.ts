/** What a person types for the first job. Code speaks English in every language. */
export const firstStepsCode = {
  define: `// jobs.ts
import { defineJob } from 'stellwerk'
import { z } from 'zod'

export const greet = defineJob({
  name: 'greet',
  payload: z.object({ name: z.string() }),
  async handle({ name }, ctx) {
    ctx.log.info(\`Hello, \${name}\`)
  },
})`,
  start: 'npx stellwerk dev',
  dispatch: `npx stellwerk dispatch greet '{"name": "Ada"}'`,
  dispatchCode: `await stellwerk.dispatch(greet, { name: 'Ada' })`,
}
