/**
 * The texts of what stands on many pages, and of pages without numbers: templates say them by name (`{{say 'lists.csv'}}`).
 * What stands between back quotes is shown as code. Texts of one page are in `words.ts` beside its view (docs/words.md).
 */
export const templateWords = {
  lists: {
    csv: 'Download CSV',
    pages: 'Pages of this list',
  },
  copy: { copy: 'Copy' },
  notes: { title: 'Notes in this range' },
  forms: { storedNow: 'Stored now', findPeople: 'Find people by name', find: 'Find' },
  page: { overall: 'Overall' },
  window: {
    others: 'Other workspaces',
    settings: 'Settings',
    signOut: 'Sign out',
    signIn: 'Sign in',
  },
  signIn: {
    open: 'Open Drumbeat',
    withBitbucket: 'Continue with Bitbucket',
    once: 'Bitbucket asks you once. Drumbeat reads who you are and which repositories you can see, then forgets your token.',
    proxy: 'Your organisation has a proxy that can sign you in: open Drumbeat through its address.',
    link: 'Got a sign-in link? Open the link in this browser. Each link works once. An administrator makes one on the settings page or with `drumbeat sign-in-link`.',
    signIn: 'Sign in',
  },
  connect: {
    done: 'Done',
    result: 'Result of the check',
    part: 'Part',
    status: 'Status',
    next: 'Next step',
    others: 'Let everybody else in',
    byBitbucket:
      'With Bitbucket: everybody sees the repositories that they can open there. Add an OAuth consumer to the workspace with the permissions Account: Read and Repositories: Read and this callback URL:',
    byBitbucketThen: 'Then set `BITBUCKET_OAUTH_KEY` and `BITBUCKET_OAUTH_SECRET` and start again.',
    byProxy: 'By a proxy in front that names people: set `TRUSTED_USER_HEADER` and `TRUSTED_PROXIES`.',
    byLink: 'One by one: `npx drumbeat sign-in-link acme` prints a link for somebody who is no administrator.',
    byEnvironment:
      'No command line? Set `BITBUCKET_WORKSPACE` and `BITBUCKET_TOKEN` and start again. An API token needs `BITBUCKET_EMAIL` as well. README.md describes all ways to connect, and `npx drumbeat connect --help` this one.',
  },
} as const;

/**
 * The text of a name such as `lists.csv`.
 * @throws {Error} where there is none: a template is wrong
 */
export function findTemplateWords(name: string): string {
  const found = texts.get(name);
  if (found === undefined) throw new Error(`No text is called ${name} (src/web/presentation/template-words.ts).`);
  return found;
}

const texts: ReadonlyMap<string, string> = new Map(
  Object.entries(templateWords).flatMap(([group, words]) =>
    Object.entries(words).map(([name, text]) => [`${group}.${name}`, text] as const),
  ),
);
