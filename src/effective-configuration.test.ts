import { describeConfiguration, hidePassword } from './effective-configuration';

const derived = {
  databaseUrl: 'sqlite:data/drumbeat.sqlite',
  baseUrl: 'http://localhost:3000',
  appKey: 'drumbeat',
};

describe('The configuration in force', () => {
  it('names every variable with its default', () => {
    expect(describeConfiguration({}, derived)).toEqual({
      PORT: '3000 (default)',
      HOST: '127.0.0.1 (default)',
      BASE_URL: 'http://localhost:3000 (default)',
      DATABASE_URL: 'sqlite:data/drumbeat.sqlite (default)',
      BITBUCKET_URL: 'https://bitbucket.org (default)',
      BITBUCKET_API_URL: 'https://api.bitbucket.org (default)',
      APP_KEY: 'drumbeat (default)',
      ENCRYPTION_KEY: 'not set',
      ENCRYPTION_KEY_PREVIOUS: 'not set',
      IMPORT_DAYS: '365 (default)',
      RECONCILE_MINUTES: '60 (default)',
      BITBUCKET_REQUESTS_PER_HOUR: '1000, or what Bitbucket grants (default)',
      RETENTION_DAYS: '30 (default)',
      LOG_LEVEL: 'info (default)',
      METRICS_TOKEN: 'not set',
      BITBUCKET_WORKSPACE: 'not set',
      BITBUCKET_TOKEN: 'not set',
      BITBUCKET_EMAIL: 'not set',
      BITBUCKET_OAUTH_KEY: 'not set',
      BITBUCKET_OAUTH_SECRET: 'not set',
      SIGN_IN_HOURS: '8 (default)',
      VIEWER_RIGHTS_MINUTES: '60 (default)',
      TRUSTED_USER_HEADER: 'not set',
      TRUSTED_PROXIES: 'not set',
      TRUST_PROXY: 'not set',
      SHUTDOWN_GRACE_SECONDS: '3 (default)',
      CRASH_AT: 'not set',
      ROLE: 'all (default)',
      NODE_ENV: 'not set',
    });
  });

  it('shows what is set, and of secrets only that they are', () => {
    const environment = {
      PORT: '80',
      IMPORT_DAYS: '',
      DATABASE_URL_FILE: '/run/secrets/database',
      ENCRYPTION_KEY: 'canary',
      METRICS_TOKEN_FILE: '/run/secrets/canary',
      NODE_ENV: 'production',
    };
    const shown = describeConfiguration(environment, {
      ...derived,
      databaseUrl: 'postgres://me:canary@db/d?password=canary',
    });
    expect(shown).toMatchObject({
      PORT: '80',
      IMPORT_DAYS: '365 (default)',
      DATABASE_URL: 'postgres://me:***@db/d?password=***',
      ENCRYPTION_KEY: 'set',
      METRICS_TOKEN: 'set',
      NODE_ENV: 'production',
    });
    expect(JSON.stringify(shown)).not.toContain('canary');
  });
});

it.each([
  ['https://me:canary@bitbucket.example/x', 'https://me:***@bitbucket.example/x'],
  ['https://bitbucket.org', 'https://bitbucket.org'],
  ['postgres://db/d', 'postgres://db/d'],
  ['sqlite:a:b@c', 'sqlite:a:b@c'],
  ['0.0.0.0', '0.0.0.0'],
])('%s is shown as %s', (text, shown) => {
  expect(hidePassword(text)).toBe(shown);
});
