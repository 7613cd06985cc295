import type { UndatedMergeItem } from '../../../reporting/answers/pull-requests';
import { toTime } from '../format/dates';
import { unknown } from '../format/numbers';
import { toPlainHead } from '../format/sorting';
import { toBitbucketCell, toCell, type RowCell, type RowContext } from './row-cell';

export const undatedHeads = [
  toPlainHead('Pull request'),
  toPlainHead('Opened'),
  toPlainHead('Into'),
  toPlainHead('In Bitbucket'),
];

/** A merge that nobody can date: what is known of it. */
export function toUndatedRow(item: UndatedMergeItem, context: RowContext): RowCell[] {
  const { system, id, title, author } = item;
  return [
    toCell('Pull request', {
      link: { href: context.toTimeLineHref(system.uuid, id), text: `${system.name} #${id}` },
      note: `${title} · ${author?.display_name ?? 'unknown author'}`,
    }),
    toCell('Opened', { time: toTime(Date.parse(item.opened_at), context) }),
    toCell('Into', { text: item.destination ?? unknown }),
    toBitbucketCell(item.url, id),
  ];
}
