import { findUnreadVariables } from './unread-variables';

const likelyOf = (name: string, value = 'canary'): string | null | undefined =>
  findUnreadVariables({ [name]: value }).find(({ variable }) => variable === name)?.likely;

describe('A variable that is set and not read', () => {
  it.each([
    ['IMPORT_DAY', 'IMPORT_DAYS'],
    ['IMPROT_DAYS', 'IMPORT_DAYS'],
    ['import_days', 'IMPORT_DAYS'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['BASEURL', 'BASE_URL'],
    ['POTR', 'PORT'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['METRIC_TOKEN_FILE', 'METRICS_TOKEN_FILE'],
    ['ENCRYPTION_KEY_PATH', 'ENCRYPTION_KEY_FILE'],
    ['BITBUCKET_API', 'BITBUCKET_API_URL'],
    ['BITBUCKET_REQUESTS', 'BITBUCKET_REQUESTS_PER_HOUR'],
    ['DRUMBEAT_LOG_LEVEL', 'LOG_LEVEL'],
    ['RECONCILE_MINUTE', 'RECONCILE_MINUTES'],
    ['PORT_FILE', 'PORT'],
  ])('(%s) is told with what is meant: %s', (name, likely) => {
    expect(likelyOf(name)).toBe(likely);
  });

  it('is told without its value, and with the way to the list where nothing is like it', () => {
    const [unread] = findUnreadVariables({ BITBUCKET_FRIENDSHIP: 'canary' });
    expect(unread).toEqual({
      variable: 'BITBUCKET_FRIENDSHIP',
      likely: null,
      sentence: 'BITBUCKET_FRIENDSHIP is set, but no variable of this name is read: the README lists those that are.',
    });
  });

  it('because the secret itself is set beside its file is told', () => {
    const environment = { METRICS_TOKEN: 'a'.repeat(16), METRICS_TOKEN_FILE: '/x' };
    expect(findUnreadVariables(environment).map(({ sentence }) => sentence)).toEqual([
      'METRICS_TOKEN_FILE is not read, because METRICS_TOKEN is set too: leave one out.',
    ]);
  });
});

describe('Nothing is said', () => {
  it('of what is read, of what is empty, and of what others use', () => {
    const others =
      'PATH HOME USER SHELL LANG LC_ALL TERM PWD OLDPWD HOSTNAME LOGNAME MAIL TMPDIR EDITOR DISPLAY SHLVL CI TZ DEBUG NODE_ENV ' +
      'NODE_OPTIONS HTTP_PROXY NO_PROXY http_proxy API_KEY API_URL REDIS_URL SITE_URL AWS_REGION LOG_FORMAT npm_config_cache ' +
      'KUBERNETES_PORT KUBERNETES_SERVICE_HOST XDG_DATA_DIRS PS1 MODE ROOT METRICS_PORT APP_NAME _';
    const read = ['PORT', 'HOST', 'ROLE', 'DATABASE_URL', 'METRICS_TOKEN_FILE'];
    const environment = Object.fromEntries([...others.split(' '), ...read].map((name) => [name, 'x']));
    expect(findUnreadVariables({ ...environment, IMPORT_DAY: '' })).toEqual([]);
  });

  it('of what Kubernetes and the pipelines of Bitbucket set by themselves', () => {
    expect(
      findUnreadVariables({
        DRUMBEAT_SERVICE_HOST: '10.0.0.1',
        DRUMBEAT_PORT: 'tcp://10.0.0.1:3000',
        DRUMBEAT_PORT_3000_TCP_ADDR: '10.0.0.1',
      }),
    ).toEqual([]);
    expect(
      findUnreadVariables({ BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_WORKSPACE: 'acme', BITBUCKET_CLONE_DIR: '/x' }),
    ).toEqual([]);
  });
});
