const everyMs = 500

/**
 * Under npx and `npm run` a shell stands between npm and this process. npm passes TERM on to that shell alone, which ends by it without a word: that its process is gone is
 * all that comes through, and counts as the TERM. Not elsewhere: who was started by a shell that has ended (`nohup`) is to go on.
 */
export function watchParent(env: Readonly<Record<string, string | undefined>> = process.env): void {
  if (env['npm_command'] === undefined && env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, everyMs)
  timer.unref()
}
