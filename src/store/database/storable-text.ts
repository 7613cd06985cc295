/**
 * Text as both databases can keep it: PostgreSQL refuses U+0000 and lone surrogates, which a hostile
 * title may contain; each becomes U+FFFD on both.
 */
export function toStorableText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0')) return text;
  return Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');
}
