import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import { buildTime } from '../format/dates';
import { unknown } from '../format/numbers';
import { buildPlainHead } from '../format/sorting';
import { buildBitbucketCell, buildCell, type RowCell, type RowContext } from './row-cell';

export const undatedHeads = [
  buildPlainHead('Pull request'),
  buildPlainHead('Opened'),
  buildPlainHead('Into'),
  buildPlainHead('In Bitbucket'),
];

/** A merge that nobody can date: what is known of it. */
export function buildUndatedRow(item: UndatedMergeItem, context: RowContext): RowCell[] {
  const { system, id, title, author } = item;
  return [
    buildCell('Pull request', {
      link: { href: context.toTimeLineHref(system.uuid, id), text: `${system.name} #${id}` },
      note: `${title} · ${author?.display_name ?? 'unknown author'}`,
    }),
    buildCell('Opened', { time: buildTime(Date.parse(item.opened_at), context) }),
    buildCell('Into', { text: item.destination ?? unknown }),
    buildBitbucketCell(item.url, id),
  ];
}
