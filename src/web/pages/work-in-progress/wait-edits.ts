import { formatDeployId } from '../../../domain/deployments/deploy-id';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import { formatLocalDate } from '../../presentation/format/dates';
import {
  buildRowActions,
  type RowActionsView,
  type RowEditing,
  type RowLineView,
} from '../../presentation/rows/row-actions';

export interface WaitEdits {
  /** `deploy_id` of the pull request. */
  readonly id: string;
  readonly actions: RowActionsView | null;
  readonly lines: readonly RowLineView[];
}

/** The menu of an open pull request, and what came of its button; `editing` null: whoever looks may put nothing right. */
export function buildWaitEdits({ item, aside }: OpenWait, editing: RowEditing | null): WaitEdits {
  const { author, system } = item;
  const id = formatDeployId({ repositoryUuid: system.uuid, number: item.id });
  if (editing === null) return { id, actions: null, lines: [] };
  const subject = {
    ...({ id, name: `#${item.id}`, leaveOut: 'pull-request', incidents: [] } as const),
    author: author && { uuid: author.uuid, displayName: author.display_name, isBot: aside === 'bot' },
    date: formatLocalDate(Date.parse(item.opened_at), editing.timezone),
    // What is left out is not open work any more, and stands in the list of pull requests.
    corrections: [],
  };
  return { id, ...buildRowActions(subject, editing) };
}
