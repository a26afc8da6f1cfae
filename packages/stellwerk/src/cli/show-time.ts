/** A moment in local time, '2027-01-31 08:00:00'; '' for null. */
export function showTime(ms: number | null): string {
  if (ms === null) return ''
  const at = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
