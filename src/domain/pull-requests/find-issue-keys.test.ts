import { findIssueKeys } from './find-issue-keys';

describe('keys of issues', () => {
  it.each([
    ['ACME-12: Say when', ['ACME-12']],
    ['Say when (ACME-12, B2B-7)', ['ACME-12', 'B2B-7']],
    ['feature/ACME-12-say-when', ['ACME-12']],
    ['Revert "ACME-12: Say when" ACME-12', ['ACME-12']],
    ['UTF-8 and SHA-256 by RFC-3339', []],
    ['acme-12, A-1, ACME-0, ACME-12x, xACME-12', []],
  ])('of %s', (text, keys) => {
    expect(findIssueKeys([text])).toEqual(keys);
  });

  it('are met in several texts, each once, and at most ten of them', () => {
    expect(findIssueKeys(['ACME-1', null, 'B2-2 ACME-1'])).toEqual(['ACME-1', 'B2-2']);
    expect(findIssueKeys([Array.from({ length: 50 }, (_, index) => `AB-${index + 1}`).join(' ')])).toHaveLength(10);
  });
});
