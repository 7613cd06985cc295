import { buildRepositoryPayload, repositoryUuid } from '../../../test/support/fakes/bitbucket-payloads';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { UnreadablePayload } from '../client/errors';
import { repositoryFields, toRepository } from './to-repository';
import { toOwnWorkspace, toWorkspace } from './to-workspace';

describe('a repository', () => {
  it('is read from a body', () => {
    expect(toRepository(buildRepositoryPayload())).toEqual({
      uuid: repositoryUuid,
      slug: 'shop',
      name: 'Shop',
      fullName: 'acme/shop',
      defaultBranch: 'main',
    });
  });

  it('is empty without a main branch', () => {
    expect(toRepository(buildRepositoryPayload({ mainbranch: null })).defaultBranch).toBeNull();
  });

  it('is called by its full name where slug and name are missing', () => {
    expect(toRepository(buildRepositoryPayload({ slug: undefined, name: undefined }))).toMatchObject({
      slug: 'shop',
      name: 'shop',
    });
  });

  it('cannot be read without a UUID or a full name', () => {
    expect(() => toRepository(buildRepositoryPayload({ uuid: '{}' }))).toThrow(UnreadablePayload);
    expect(() => toRepository(buildRepositoryPayload({ full_name: undefined }))).toThrow(UnreadablePayload);
  });

  it('has the same facts when only the fields we name are asked for', () => {
    const body = buildRepositoryPayload();
    expect(toRepository(reduceToFields(body, repositoryFields))).toEqual(toRepository(body));
  });
});

describe('a workspace', () => {
  it('is read from a body, and called by its slug where the name is missing', () => {
    const body = { type: 'workspace', uuid: '{AAAA}', slug: 'acme', name: 'Acme' };
    expect(toWorkspace(body)).toEqual({ uuid: '{aaaa}', slug: 'acme', name: 'Acme' });
    expect(toWorkspace({ ...body, name: null }).name).toBe('acme');
  });

  it('of our own is the one inside the membership', () => {
    const membership = { administrator: true, workspace: { uuid: 'aaaa', slug: 'acme', links: {} } };
    expect(toOwnWorkspace(membership)).toEqual({ uuid: '{aaaa}', slug: 'acme' });
    expect(() => toOwnWorkspace({ uuid: '{aaaa}', slug: 'acme' })).toThrow(UnreadablePayload);
  });
});
