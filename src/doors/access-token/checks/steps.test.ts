import { readPayload } from '../../../../test/support/fakes/golden-payloads';
import type { ApiReply } from '../../../bitbucket/client/ask-api';
import type { TokenForm } from '../credentials/credentials';
import { isPublicHost, judgeAddress } from './address-step';
import { judgePullRequests, judgeRepositories, judgeWorkspace } from './needed-steps';
import { judgeAdministrators, judgeGroups, judgeMembers, judgePipelines, judgeWebhook } from './other-steps';

const forms: readonly TokenForm[] = ['access_token', 'api_token'];
const answer = (status: number, json: unknown = null, required: readonly string[] = []): ApiReply => {
  return { kind: 'answer', status, json, required };
};
const down: ApiReply = { kind: 'unreachable', reason: 'status 503' };
const acme = { uuid: '{1}', slug: 'acme', name: 'Acme' };
const drums = { uuid: '{2}', name: 'Drums', isPrivate: true };
const asked = { workspace: acme, form: 'access_token', proof: null } as const;
const listOf = (...secret: boolean[]) => {
  return { items: secret.map((isPrivate) => ({ ...drums, isPrivate })), size: secret.length };
};

describe('The workspace', () => {
  const judge = (reply: ApiReply, form: TokenForm = 'access_token', name = 'acme') =>
    judgeWorkspace({ name, form, reply, workspace: reply.kind === 'answer' && reply.status === 200 ? acme : null });

  it('is known, also by a name that it has no more', () => {
    expect(judge(answer(200))).toEqual({
      result: 'works',
      sentence: 'Bitbucket knows Acme and this token.',
      wayOut: null,
    });
    expect(judge(answer(200), 'access_token', 'oldname').sentence).toBe(
      'Bitbucket knows Acme and this token. It is called acme now, no longer oldname.',
    );
  });

  it.each([
    [answer(401), 'access_token', 'Bitbucket does not know this token: it is mistyped, expired or revoked.', 'e-mail'],
    [answer(401), 'api_token', 'Bitbucket does not know this e-mail address and token:', 'Make a new token'],
    [
      answer(404),
      'access_token',
      'Bitbucket knows no workspace acme that this token may see.',
      'short name of the address',
    ],
    [answer(403), 'access_token', 'The token may not read the workspace.', 'the scope account'],
    [
      answer(403),
      'api_token',
      'The token may not read the workspace.',
      'read:workspace:bitbucket and read:user:bitbucket',
    ],
    [down, 'access_token', 'Bitbucket cannot be reached (status 503). Nothing was changed.', 'BITBUCKET_API_URL'],
  ] as const)('is not known (%j, %s): %s', (...[reply, form, sentence, wayOut]) => {
    const finding = judge(reply, form);
    expect(finding.result).toBe('failed');
    expect(finding.sentence).toContain(sentence);
    expect(finding.wayOut).toContain(wayOut);
  });
});

describe('The repositories', () => {
  it('are counted, and something private has to be among them', () => {
    const judge = (list: ReturnType<typeof listOf>) => judgeRepositories({ ...asked, reply: answer(200), list });
    expect(judge(listOf(true, true, false)).sentence).toBe('3 repositories, 2 of them private.');
    expect(judge({ items: listOf(true).items, size: 2_345 }).sentence).toBe('2,345 repositories.');
    for (const list of [listOf(), listOf(false)]) {
      expect(judge(list)).toMatchObject({ result: 'failed', wayOut: expect.stringContaining('--public') as string });
    }
  });

  it.each(['hooks', 'operator'] as const)('may all be public where there is another proof: %s', (proof) => {
    const finding = judgeRepositories({ ...asked, reply: answer(200), list: listOf(false), proof });
    expect(finding).toEqual({ result: 'works', sentence: '1 repository, 0 of them private.', wayOut: null });
  });

  it('name the scope that Bitbucket names, else the one that the form of the token has', () => {
    const judge = (form: TokenForm, required: readonly string[]) =>
      judgeRepositories({ ...asked, form, reply: answer(403, null, required), list: null }).wayOut;
    expect(judge('access_token', ['repository:read'])).toContain('the scope repository:read');
    expect(judge('access_token', [])).toContain('the scope repository ');
    expect(judge('api_token', [])).toContain('the scope read:repository:bitbucket');
  });
});

describe('Pull requests', () => {
  const judge = (reply: ApiReply) => judgePullRequests({ form: 'access_token', repository: drums, reply });
  const list = (size: number | null) => answer(200, { values: [{}], ...(size === null ? { next: 'more' } : { size }) });

  it('can be read, must be readable, and need a repository', () => {
    expect(judge(list(2_988)).sentence).toBe('Pull requests can be read: 2,988 merged ones in Drums.');
    expect(judge(list(null)).sentence).toBe('Pull requests can be read.');
    expect(judge(answer(403)).wayOut).toContain('the scope pullrequest');
    expect(judge(answer(403)).result).toBe('failed');
    expect(judge(answer(200, '<html>')).result).toBe('failed');
    expect(judgePullRequests(null).result).toBe('skipped');
  });
});

describe.each(forms)('What the rest goes on without, with the form %s,', (form) => {
  const at = { form, repository: drums, slug: 'acme' };
  const steps = [
    ['webhook', (reply: ApiReply) => judgeWebhook({ ...at, reply })],
    ['pipelines', (reply: ApiReply) => judgePipelines({ ...at, reply })],
    ['members', (reply: ApiReply) => judgeMembers({ ...at, reply })],
    ['groups', (reply: ApiReply) => judgeGroups({ ...at, reply })],
    ['administrators', (reply: ApiReply) => judgeAdministrators({ ...at, reply })],
  ] as const;

  it.each(steps)('never fails: %s', (_, judge) => {
    const replies = [200, 202, 401, 403, 404, 405, 410].map((status) => answer(status, status === 200 ? {} : null));
    const results = [...replies, down, answer(200, '<html>')].map((reply) => judge(reply).result);
    expect(results).not.toContain('failed');
    const { sentence, wayOut } = judge(answer(403));
    expect(sentence).toMatch(/^[A-Z].*\.$/u);
    expect(wayOut).toMatch(/\w/u);
  });
});

describe('What works without more', () => {
  const at = { form: 'access_token', repository: drums, slug: 'acme' } as const;

  it('is told with numbers', () => {
    expect(judgeMembers({ ...at, reply: answer(200, { values: [{}], size: 26 }) }).sentence).toBe('26 people.');
    expect(judgeGroups({ ...at, reply: answer(200, [{}]) }).sentence).toBe('1 group, which can be used as teams.');
    const owners = { ...at, form: 'api_token', reply: answer(200, { values: [{}, {}] }) } as const;
    expect(judgeAdministrators(owners).sentence).toBe('Administrators can be read: 2 owners.');
  });

  it('says what stands in for what may not be read', () => {
    expect(judgeWebhook({ ...at, reply: answer(403) })).toMatchObject({
      sentence: 'The token may not make webhooks, so changes are found every hour.',
      wayOut: expect.stringContaining('drumbeat hook acme --print') as string,
    });
    expect(judgePipelines({ ...at, reply: answer(403, null, ['pipeline']) })).toEqual({
      result: 'not_allowed',
      sentence: 'The token may not read pipelines. Merges stand in for deployments.',
      wayOut: 'Add the scope pipeline to the token, or make one with it, then connect again.',
    });
    expect(judgeGroups({ ...at, reply: answer(403) }).wayOut).toMatch(/^Keep teams by hand/u);
    expect(judgeAdministrators({ ...at, reply: answer(403) })).toMatchObject({ result: 'skipped' });
  });
});

describe('The own address', () => {
  const api = 'https://api.bitbucket.org';

  it.each([
    ...['metrics.example.com', '203.0.113.7', '2001:db8::1', 'a.b.co'].map((host) => [host, true] as const),
    ...['localhost', 'a.localhost', 'metrics', 'metrics.local', 'x.internal', '10.1.2.3'].map(
      (host) => [host, false] as const,
    ),
    ...['172.16.0.1', '192.168.1.1', '127.0.0.1', '169.254.1.1', '[::1]', 'fd00::1', '::'].map(
      (host) => [host, false] as const,
    ),
  ])('%s can be reached from outside: %s', (host, isPublic) => {
    expect(isPublicHost(host)).toBe(isPublic);
  });

  it('is judged by what it is, and says no more than is known', () => {
    const judge = (baseUrl: string, answers: boolean | null = null, bitbucketApiUrl = api) =>
      judgeAddress({ baseUrl, bitbucketApiUrl, answers });
    expect(judge('https://metrics.example.com', true).sentence).toBe(
      'metrics.example.com can be called by Bitbucket, and it answers.',
    );
    expect(judge('https://metrics.example.com', false).result).toBe('works');
    expect(judge('https://metrics.example.com', false).wayOut).toMatch(/proxy/u);
    expect(judge('http://metrics.example.com').sentence).toBe(
      'BASE_URL is not https, so Bitbucket is asked what moved.',
    );
    expect(judge('https://localhost:3000').sentence).toMatch(/^localhost cannot be reached from outside/u);
    expect(judge('https://localhost:3000').result).toBe('not_allowed');
    expect(judge('http://localhost:3000', null, 'http://127.0.0.1:4000').result).toBe('works');
  });
});

it('the captured refusal of a scope has the form that is read', () => {
  expect(readPayload('src/bitbucket/client/payloads/answers', '403-scope-missing')).toMatchObject({
    body: { error: { detail: { required: ['account'] } } },
  });
});
