import { seesAll } from '../../../src/domain/people/visible-repositories';

/** Whom Bitbucket did not name, as a session knows them; and as a page does that shows them everything. */
export const nobodyNamed = { userUuid: null, viewer: null, signIn: null } as const;
export const nobodySeesAll = { userUuid: null, signIn: null, sight: seesAll } as const;
