/** True for a text that could be a token; the server knows whether it is one. */
export function looksLikeToken(text: string): boolean {
  return /^stw_[\w-]{43}$/.test(text)
}
