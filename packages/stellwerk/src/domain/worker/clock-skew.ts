/** From when on a machine's clock is worth a word, and from when on an alarm, ms. */
export const skewLimits = { warnMs: 2_000, alarmMs: 30_000 } as const

/** What a difference of clocks is worth, whichever way it goes: jobs do not mind, since the database's time decides; people who compare logs do. */
export function judgeSkew(skewMs: number): 'fine' | 'warn' | 'alarm' {
  const apartMs = Math.abs(skewMs)
  if (apartMs > skewLimits.alarmMs) return 'alarm'
  return apartMs > skewLimits.warnMs ? 'warn' : 'fine'
}
