import { seesAll } from '../../../src/domain/people/visible-repositories';

/** Ada, inside Bitbucket's frame, as a session knows her. */
export const ada = '{44444444-4444-4444-8444-444444444444}';
export const adaNamed = { userUuid: ada, viewer: ada, signIn: null } as const;

/** Whom Bitbucket did not name, as a session knows them; and as a page does that shows them everything. */
export const nobodyNamed = { userUuid: null, viewer: null, signIn: null } as const;
export const nobodySeesAll = { userUuid: null, signIn: null, sight: seesAll } as const;
