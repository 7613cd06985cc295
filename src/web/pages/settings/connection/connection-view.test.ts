import { sampleConnection } from '../../../../../test/support/pages/sample-window';
import type { ConnectionState } from '../../../routing/web-dependencies';
import { buildConnectionView } from './connection-view';

function view(change: Partial<ConnectionState> = {}) {
  const built = buildConnectionView({ ...sampleConnection, ...change }, 'UTC');
  const facts = Object.fromEntries((built?.facts ?? []).map(({ name, text }) => [name, text]));
  return { mark: built?.mark.word, facts, problems: built?.problems };
}

test('a token is described with since when, until when, and how changes are found', () => {
  expect(view()).toEqual({
    mark: 'Connected',
    facts: {
      'Connected by': 'Access token, given on 12 Mar 2026',
      Reaches: 'All repositories',
      'End of the token': 'The token ends on 3 December 2026.',
      'How changes are found': 'There is no webhook; Bitbucket is asked what moved.',
      'Last notice': 'None yet',
    },
    problems: [
      {
        tone: 'warning',
        title: 'The token needs to be renewed',
        text: 'The token ends on 3 December 2026.',
        command: 'drumbeat rotate acme',
      },
    ],
  });
});

test('an app in Bitbucket has no token and no webhook of ours', () => {
  const described = view({ kind: 'connect', tokenForm: null, givenAt: null, expiry: null, hook: null });
  expect(described.facts).not.toHaveProperty('End of the token');
  expect(described.facts).toMatchObject({
    'Connected by': 'App in Bitbucket (Connect)',
    'How changes are found': 'Bitbucket calls when something happens.',
  });
  expect(described.problems).toEqual([]);
});

test('what does not work is said with the command that puts it right', () => {
  const { mark, problems } = view({
    status: 'revoked',
    problem: { sentence: 'Bitbucket no longer accepts the token.', wayOut: 'drumbeat rotate acme' },
    hook: { sentence: 'Bitbucket has not called since Tuesday.', wayOut: 'drumbeat hook acme', isTrouble: true },
    expiry: null,
  });
  expect(mark).toBe('Refused');
  expect(problems?.map(({ tone, command }) => [tone, command])).toEqual([
    ['error', 'drumbeat rotate acme'],
    ['warning', 'drumbeat hook acme'],
  ]);
});

test('a token of a person for some repositories, without a known end, is named so', () => {
  expect(view({ tokenForm: 'api_token', repositories: 1, givenAt: null, expiry: null }).facts).toMatchObject({
    'Connected by': 'API token of a person',
    Reaches: '1 repository',
    'End of the token': 'Not known',
  });
});

test('a workspace that was never connected has no such section', () => {
  expect(buildConnectionView(null, 'UTC')).toBeNull();
});
