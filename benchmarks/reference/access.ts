import { createHash } from 'node:crypto';
import type { ReferenceWorkspace } from './shape';

/* By what a process opens the reference data, and by what a caller comes in: no secrets, for they are of no one. */

export const referenceKey = Buffer.alloc(32, 9);
export const referenceAppKey = 'drumbeat';
export const referenceSecret = 'the shared secret of the reference data, which is none';

/** Of the API, may read and write. */
export function findApiToken({ index }: Pick<ReferenceWorkspace, 'index'>): string {
  return `dbt_reference_data_${createHash('sha256').update(`token ${index}`).digest('hex')}`;
}

export function findClientKey({ uuid }: Pick<ReferenceWorkspace, 'uuid'>): string {
  return `ari:cloud:bitbucket::app/${uuid}/${referenceAppKey}`;
}

/** For a process on the reference data. There is no Bitbucket: what would ask it is put off for a week. */
export function toReferenceEnvironment(databaseUrl: string): Record<string, string> {
  const nobody = 'http://127.0.0.1:9';
  return {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: referenceKey.toString('base64'),
    APP_KEY: referenceAppKey,
    BITBUCKET_URL: nobody,
    BITBUCKET_API_URL: nobody,
    RECONCILE_MINUTES: '10080',
    LOG_LEVEL: 'error',
  };
}
