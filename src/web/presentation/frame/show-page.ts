import type { PageAnswer } from './page-dependencies';

/** The answer that shows a view; its address is the view again, without any token. */
export function showPage(
  template: string,
  view: { readonly title: string },
  { address, live, status = 200 }: { readonly address: string; readonly live: number | null; readonly status?: number },
): Extract<PageAnswer, { kind: 'page' }> {
  return { kind: 'page', status, template, title: view.title, view, address, live };
}
