import { buildCommentPayload, buildEndPayload, buildUserPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { UnreadablePayload } from '../client/errors';
import { activityFields, toActivityEntry } from './to-activity-entry';

const pull_request = { type: 'pullrequest', id: 7, title: 'Pay by invoice' };
const verdict = { date: '2026-11-02T12:00:00.849534+00:00', user: buildUserPayload(), pullrequest: pull_request };
const verdictAt = Date.UTC(2026, 10, 2, 12, 0, 0, 849);
const update = {
  date: '2026-11-03T10:00:00.654321+00:00',
  state: 'MERGED',
  title: 'Pay by invoice',
  reason: '',
  author: buildUserPayload({ display_name: 'Cy' }),
  source: buildEndPayload('feature/invoice', '0704fc5beccc'),
  destination: buildEndPayload('main', 'e0624da46d3a'),
};
const updateAt = Date.UTC(2026, 10, 3, 10, 0, 0, 654);
const bare = { isInline: false, isDeleted: false, state: null, sourceHash: null, isDraft: null };

describe('an activity entry', () => {
  it('is an approval', () => {
    const { number, activity, mergedAt } = toActivityEntry({ pull_request, approval: verdict }, null);
    expect({ number, mergedAt }).toEqual({ number: 7, mergedAt: null });
    expect(activity).toMatchObject({
      ...bare,
      key: `approval:{aaaaaaaa-0000-4000-8000-000000000001}:${verdictAt}`,
      kind: 'approval',
      at: verdictAt,
      actor: { displayName: 'Ada' },
    });
  });

  it.each(['changes_requested', 'changes_request'])('is a request for changes under the name %s', (name) => {
    const { activity } = toActivityEntry({ pull_request, [name]: verdict }, null);
    expect(activity).toMatchObject({
      kind: 'changes_request',
      key: `changes_request:{aaaaaaaa-0000-4000-8000-000000000001}:${verdictAt}`,
    });
  });

  it('is a comment', () => {
    const { activity } = toActivityEntry({ pull_request, comment: buildCommentPayload() }, null);
    expect(activity).toMatchObject({
      ...bare,
      key: 'comment:118571088',
      kind: 'comment',
      at: Date.UTC(2026, 10, 2, 11),
      actor: { displayName: 'Bo' },
    });
  });

  it('is an inline comment also without lines', () => {
    const inline = { path: 'pom.xml', from: null, to: null, context_lines: '', outdated: false };
    expect(toActivityEntry({ pull_request, comment: buildCommentPayload({ inline }) }, null).activity?.isInline).toBe(
      true,
    );
    expect(
      toActivityEntry({ pull_request, comment: buildCommentPayload({ inline: null }) }, null).activity?.isInline,
    ).toBe(false);
  });

  it('is a comment that was deleted', () => {
    const comment = buildCommentPayload({ deleted: true, user: null });
    expect(toActivityEntry({ pull_request, comment }, null).activity).toMatchObject({ isDeleted: true, actor: null });
  });

  it('is no act for a comment that is not published', () => {
    const comment = buildCommentPayload({ pending: true });
    expect(toActivityEntry({ pull_request, comment }, null)).toEqual({ number: 7, activity: null, mergedAt: null });
  });

  it('is a merge, with its moment and whoever did it', () => {
    expect(toActivityEntry({ pull_request, update }, null)).toMatchObject({
      number: 7,
      mergedAt: updateAt,
      activity: {
        ...bare,
        kind: 'update',
        key: `update:${updateAt}:MERGED`,
        at: updateAt,
        actor: { displayName: 'Cy' },
        state: 'MERGED',
        sourceHash: '0704fc5beccc',
      },
    });
  });

  it('is no merge while the state is another', () => {
    for (const state of ['OPEN', 'DECLINED', 'SUPERSEDED', undefined]) {
      expect(toActivityEntry({ pull_request, update: { ...update, state } }, null).mergedAt).toBeNull();
    }
  });

  it('tells two updates of the same moment in the creation apart', () => {
    const dates = ['2026-11-03T10:00:00.654321+00:00', '2026-11-03T10:00:00.700321+00:00'];
    const keys = dates.map(
      (date) => toActivityEntry({ pull_request, update: { ...update, date } }, null).activity?.key,
    );
    expect(new Set(keys).size).toBe(2);
  });

  it('has unknown commits after a squash or a rebase', () => {
    const source = { branch: null, commit: null, repository: null };
    expect(toActivityEntry({ pull_request, update: { ...update, source } }, null).activity?.sourceHash).toBeNull();
  });

  it('says whether it was a draft where Bitbucket does', () => {
    expect(toActivityEntry({ pull_request, update: { ...update, draft: true } }, null).activity?.isDraft).toBe(true);
    expect(toActivityEntry({ pull_request, update }, null).activity?.isDraft).toBeNull();
  });

  it('by somebody with an empty UUID stays an act', () => {
    const approval = { ...verdict, user: buildUserPayload({ uuid: '{}' }) };
    expect(toActivityEntry({ pull_request, approval }, null).activity).toMatchObject({
      key: `approval:unknown:${verdictAt}`,
      actor: null,
    });
  });

  it('of a kind we do not know is no act', () => {
    expect(toActivityEntry({ pull_request, task: {} }, null)).toEqual({ number: 7, activity: null, mergedAt: null });
  });

  it('belongs to the pull request that was asked for where it does not say', () => {
    expect(toActivityEntry({ approval: verdict }, 9).number).toBe(9);
  });

  it.each([
    ['no pull request', { approval: verdict }],
    ['an approval without a date', { pull_request, approval: { user: buildUserPayload() } }],
    ['a comment without an id', { pull_request, comment: buildCommentPayload({ id: null }) }],
    ['an update whose date is none', { pull_request, update: { ...update, date: 'then' } }],
    ['no object', 'approval'],
  ])('cannot be read with %s', (_what, body) => {
    expect(() => toActivityEntry(body, null)).toThrow(UnreadablePayload);
  });

  it.each([
    ['an approval', { approval: verdict }],
    ['a request for changes', { changes_requested: verdict }],
    ['a comment', { comment: buildCommentPayload({ inline: { path: 'a', from: null, to: 3 }, deleted: true }) }],
    ['an unpublished comment', { comment: buildCommentPayload({ pending: true }) }],
    ['an update', { update: { ...update, draft: true } }],
  ])('has the same facts when only the fields we name are asked for: %s', (_which, member) => {
    const body = { pull_request, ...member };
    expect(toActivityEntry(reduceToFields(body, activityFields), null)).toEqual(toActivityEntry(body, null));
  });
});
