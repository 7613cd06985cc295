/** HTML that was made here, as opposed to text from the world. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | readonly Html[] | string | number;

/** Puts text into HTML, escaping everything that is not HTML already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${toText(parts[index - 1])}${string}`));
}

function toText(part: Part | undefined): string {
  if (part instanceof Html) {
    return part.text;
  }
  if (typeof part === 'string' || typeof part === 'number') {
    return escape(String(part));
  }
  return (part ?? []).map(({ text }) => text).join('');
}

function escape(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/gu, (sign) => names[sign] ?? sign);
}
