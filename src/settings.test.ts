import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings, WrongSettings } from './settings';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
};

describe('settings', () => {
  it('are the defaults of the contract when nothing is set', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: null,
      databaseUrl: 'sqlite:data/drumbeat.sqlite',
      bitbucketUrl: 'https://bitbucket.org',
      bitbucketApiUrl: 'https://api.bitbucket.org',
      importDays: 365,
      reconcileMinutes: 60,
      requestsPerHour: null,
      retentionDays: 30,
      role: 'all',
      metricsToken: null,
    });
  });

  it('report every problem at once, naming variable, value and allowed form', () => {
    const problems = problemsOf({ PORT: 'eighty', ROLE: 'boss', BITBUCKET_URL: 'ftp://x' });
    expect(problems).toEqual([
      'PORT is "eighty": allowed is a port from 0 to 65535.',
      'BITBUCKET_URL is "ftp://x": allowed is an http or https address without query.',
      'ROLE is "boss": allowed is web, worker or all.',
    ]);
  });

  it('want https in production, an encryption key with PostgreSQL, and no switch that opens the doors', () => {
    expect(problemsOf({ NODE_ENV: 'production', BASE_URL: 'http://x.example', AC_OPTS: 'no-auth' })).toHaveLength(2);
    expect(problemsOf({ DATABASE_URL: 'postgres://db/x' })).toEqual([
      'ENCRYPTION_KEY is missing: with PostgreSQL it is required, 32 bytes in base64.',
    ]);
  });

  it('let a process end itself where a test asks for it, and never in production', () => {
    expect(readSettings({}).crashAt).toBeNull();
    expect(readSettings({ CRASH_AT: 'notice-kept:3' }).crashAt).toEqual({ point: 'notice-kept', time: 3 });
    expect(problemsOf({ CRASH_AT: 'constructor' })[0]).toMatch(/^CRASH_AT is "constructor": allowed is the name of a/u);
    const production = { NODE_ENV: 'production', BASE_URL: 'https://x.example' };
    expect(problemsOf({ ...production, CRASH_AT: 'notice-kept' })).toEqual([
      'CRASH_AT is set: it makes the process end itself and is refused in production.',
    ]);
    expect(problemsOf({ ...production, CRASH_AT: 'nowhere' })).toHaveLength(2);
    expect(problemsOf(production)).toEqual([]);
  });

  it('never repeat a secret in a problem', () => {
    expect(problemsOf({ ENCRYPTION_KEY: 'canary' }).join()).not.toContain('canary');
    expect(problemsOf({ DATABASE_URL: 'mysql://u:canary@h/d' }).join()).not.toContain('canary');
  });

  it('read secrets from a file', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'drumbeat-')), 'token');
    writeFileSync(file, 'a-token-of-sixteen\n');
    expect(readSettings({ METRICS_TOKEN_FILE: file }).metricsToken).toBe('a-token-of-sixteen');
    expect(problemsOf({ METRICS_TOKEN_FILE: `${file}.gone` })[0]).toMatch(/METRICS_TOKEN_FILE .* cannot be read/u);
  });

  it('name a single problem in a single line, and several in a list', () => {
    expect(new WrongSettings(['PORT is "x".']).message).toBe('The environment cannot be used: PORT is "x".');
    expect(new WrongSettings(['a', 'b']).message).toBe('The environment cannot be used:\n  a\n  b');
  });

  it.each(['postgres://me:pa#ss@db/d', 'postgres://me:pa%ss@db/d', 'postgres://db:port/d', 'postgres://'])(
    'refuse an address of a database that cannot be read: %s',
    (address) => {
      const [problem] = problemsOf({ DATABASE_URL: address, ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') });
      expect(problem).toMatch(/^DATABASE_URL is wrong: .* special characters as %XX\.$/u);
    },
  );

  it.each([
    ['2', 2],
    ['10.0.0.1, fd00::/8', ['10.0.0.1', 'fd00::/8']],
  ])('take "%s" for the proxies in front', (text, read) => {
    expect(readSettings({ TRUST_PROXY: text }).trustProxy).toEqual(read);
  });

  it.each(['0', '10', 'true', 'loopback', '10.0.0.0/33'])('believe no proxies called "%s"', (text) => {
    expect(problemsOf({ TRUST_PROXY: text })).toEqual([
      `TRUST_PROXY is "${text}": allowed is the number of proxies in front from 1 to 9, or their addresses and networks with commas between them.`,
    ]);
  });

  it('take addresses without their trailing slash', () => {
    expect(readSettings({ BASE_URL: 'https://x.example/app/' }).baseUrl).toBe('https://x.example/app');
  });
});
