/**
 * Bodies as Bitbucket writes them, made up: each with more members than we read, so that a test shows what is taken
 * from them and what is not.
 */

type Members = Record<string, unknown>;

export const repositoryUuid = '{0f1e2d3c-4b5a-4968-8776-5544332211aa}';

export function buildUserPayload(change: Members = {}): Members {
  return {
    type: 'user',
    uuid: '{aaaaaaaa-0000-4000-8000-000000000001}',
    account_id: '557058:aaaa-0001',
    display_name: 'Ada',
    nickname: 'ada',
    links: { self: { href: 'https://api.bitbucket.org/2.0/users/x' } },
    ...change,
  };
}

export function buildRepositoryPayload(change: Members = {}): Members {
  return {
    type: 'repository',
    uuid: repositoryUuid,
    name: 'Shop',
    slug: 'shop',
    full_name: 'acme/shop',
    is_private: true,
    mainbranch: { type: 'branch', name: 'main' },
    ...change,
  };
}

/** One end of a pull request. */
export function buildEndPayload(branch: string, hash: string): Members {
  return {
    branch: { name: branch },
    commit: { type: 'commit', hash, links: {} },
    repository: { type: 'repository', uuid: repositoryUuid, full_name: 'acme/shop', name: 'Shop' },
  };
}

export function buildPullRequestPayload(change: Members = {}): Members {
  return {
    type: 'pullrequest',
    id: 7,
    title: 'Pay by invoice',
    description: 'First line\r\n\r\n\u200c',
    summary: { type: 'rendered', html: '<p>First line</p>' },
    state: 'OPEN',
    draft: false,
    queued: false,
    author: buildUserPayload(),
    source: buildEndPayload('feature/invoice', '0704fc5beccc'),
    destination: buildEndPayload('main', 'e0624da46d3a'),
    merge_commit: null,
    closed_by: null,
    comment_count: 0,
    task_count: 0,
    close_source_branch: true,
    created_on: '2026-11-02T09:00:00.123456+00:00',
    updated_on: '2026-11-03T10:00:00.654321+00:00',
    links: {
      diffstat: {
        href: 'https://api.bitbucket.org/2.0/repositories/acme/shop/diffstat/acme/shop:0704fc5beccc%0De0624da46d3a?from_pullrequest_id=7&topic=true',
      },
    },
    ...change,
  };
}

export function buildCommitPayload(change: Members = {}): Members {
  return {
    type: 'commit',
    hash: '0704fc5beccc4d0a9f6e5d4c3b2a190817263544',
    date: '2026-11-01T08:00:00+00:00',
    message: 'Add the invoice\n',
    author: { type: 'author', raw: 'Ada' },
    parents: [{ type: 'commit', hash: 'e0624da46d3a4d0a9f6e5d4c3b2a190817263544' }],
    ...change,
  };
}

export function buildCommentPayload(change: Members = {}): Members {
  return {
    type: 'pullrequest_comment',
    id: 118571088,
    created_on: '2026-11-02T11:00:00.000999+00:00',
    updated_on: '2026-11-02T11:00:00.001999+00:00',
    content: { raw: 'Nice', markup: 'markdown', html: '<p>Nice</p>' },
    user: buildUserPayload({ uuid: '{bbbbbbbb-0000-4000-8000-000000000002}', display_name: 'Bo' }),
    deleted: false,
    pending: false,
    ...change,
  };
}
