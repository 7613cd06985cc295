import type { Need } from './needs';

/** An event that a hook may be told. */
export interface HookEvent {
  readonly event: string;
  readonly category: string;
  readonly label: string;
  readonly description: string;
}

const events: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Repository repo': {
    push: 'Push',
    fork: 'Fork',
    updated: 'Updated',
    created: 'Created',
    deleted: 'Deleted',
    imported: 'Import',
    transfer: 'Transfer accepted',
    commit_comment_created: 'Commit comment created',
    commit_status_created: 'Build status created',
    commit_status_updated: 'Build status updated',
  },
  'Pull Request pullrequest': {
    created: 'Created',
    updated: 'Updated',
    push: 'Push',
    fulfilled: 'Merged',
    rejected: 'Declined',
    approved: 'Approved',
    unapproved: 'Approval removed',
    changes_request_created: 'Changes Request created',
    changes_request_removed: 'Changes Request removed',
    comment_created: 'Comment created',
    comment_updated: 'Comment updated',
    comment_deleted: 'Comment deleted',
    comment_resolved: 'Comment resolved',
    comment_reopened: 'Comment reopened',
  },
  'Project project': { updated: 'Updated' },
  'Pipelines pipeline': { span_created: 'Span created' },
};

/** What `GET /2.0/hook_events/…` lists, for repositories and workspaces alike. */
export const hookEvents: readonly HookEvent[] = Object.entries(events).flatMap(([group, labels]) => {
  const [prefix = '', ...words] = group.split(' ').reverse();
  const category = words.reverse().join(' ');
  return Object.entries(labels).map(([name, label]) => ({
    event: `${prefix}:${name}`,
    category,
    label,
    description: `${category}: ${label.toLowerCase()}`,
  }));
});

/** What a token must be allowed to read to be told an event. */
export function needOfEvent(event: string): Need {
  const found: Readonly<Record<string, Need>> = {
    pullrequest: 'pullRequests',
    pipeline: 'pipelines',
    project: 'projects',
  };
  return found[event.split(':')[0] ?? ''] ?? 'repository';
}
