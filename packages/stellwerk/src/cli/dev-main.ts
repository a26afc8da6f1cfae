import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { start } from './start.ts'

// The parent watches what this process loads: the user's own modules, whether or not they turn out to be sound.
registerHooks({
  load: (url, context, nextLoad) => {
    if (url.startsWith('file:') && !url.includes('/node_modules/') && process.connected)
      process.send?.({ loaded: fileURLToPath(url) })
    return nextLoad(url, context)
  },
})
// The channel must not keep a process alive that has nothing left to do.
process.channel?.unref()

void start(process.argv.slice(2))
