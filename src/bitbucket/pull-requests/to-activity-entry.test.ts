import { buildCommentPayload, buildEndPayload, buildUserPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { UnreadablePayload } from '../client/errors';
import { toActivityEntry } from './to-activity-entry';

const pull_request = { type: 'pullrequest', id: 7, title: 'Pay by invoice' };
const verdict = { date: '2026-11-02T12:00:00.849534+00:00', user: buildUserPayload(), pullrequest: pull_request };
const update = {
  date: '2026-11-03T10:00:00.654321+00:00',
  state: 'MERGED',
  title: 'Pay by invoice',
  reason: '',
  author: buildUserPayload({ display_name: 'Cy' }),
  source: buildEndPayload('feature/invoice', '0317dbfca7ea'),
  destination: buildEndPayload('main', 'd37ab54870d7'),
};

describe('an activity entry', () => {
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
});
