import { reviewers, toReviewers } from './to-reviewers';

const [ada, rita] = ['{aaaaaaaa-1111-4111-8111-111111111111}', '{bbbbbbbb-1111-4111-8111-111111111111}'];
const former = { display_name: 'Former user', type: 'user' };

function tell(payload: object) {
  const asked = 'reviewers' in payload ? reviewers.parse(payload.reviewers) : null;
  return toReviewers(asked, payload)?.map(({ uuid }) => uuid) ?? null;
}

describe('Who was asked for a review', () => {
  it.each([
    ['each once', { reviewers: [{ uuid: ada }, { uuid: rita }, { uuid: ada }] }, [ada, rita]],
    ['nobody', { reviewers: [] }, []],
    ['whoever can be told apart', { reviewers: [former, { uuid: ada }, null] }, [ada]],
    ['not known of former users alone, rather than nobody', { reviewers: [former] }, null],
    ['not known where nobody is listed', {}, null],
    [
      'the participants in the role of a reviewer',
      { participants: [{ user: { uuid: ada }, role: 'PARTICIPANT' }, { user: { uuid: rita }, role: 'REVIEWER' }, 7] },
      [rita],
    ],
    ['nobody among participants', { participants: [{ user: { uuid: ada }, role: 'PARTICIPANT' }] }, []],
    ['not known of participants', { participants: [{ user: former, role: 'REVIEWER' }] }, null],
  ])('is %s', (...[, payload, whom]) => {
    expect(tell(payload)).toEqual(whom);
  });
});
