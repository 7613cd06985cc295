import { pageRenderer } from '../../../src/web/presentation/frame/page-renderer';

/** The words of a page as a reader meets them, without markup, scripts and drawings. */
export async function readPage(template: string, view: object): Promise<string> {
  const html = await pageRenderer.renderFragment(template, view);
  return html
    .replaceAll(/<script[^>]*>.*?<\/script>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/gu, ' ');
}
