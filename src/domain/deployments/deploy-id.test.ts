import { formatDeployId, parseDeployId } from './deploy-id';

const parts = { repositoryUuid: '{11111111-1111-4111-8111-111111111111}', number: 12 };

describe('the id of a deployment', () => {
  it('names the repository and the pull request, and is taken apart again', () => {
    expect(formatDeployId(parts)).toBe('{11111111-1111-4111-8111-111111111111}/pullrequests/12');
    expect(parseDeployId(formatDeployId(parts))).toEqual(parts);
  });

  it.each(['', 'Checkout #12', '{a}/pullrequests/', '{a}/pullrequests/x', '{a}/commits/12', '{a}/b/pullrequests/1'])(
    'is not read from "%s"',
    (text) => {
      expect(parseDeployId(text)).toBeNull();
    },
  );
});
