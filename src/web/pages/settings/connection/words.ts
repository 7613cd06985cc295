import type { ConnectionState } from '../../../routing/web-dependencies';

/** Every text of the section "Connection". */
export const connectionWords = {
  intro: 'How Drumbeat reads this workspace. Drumbeat only reads: nothing in Bitbucket is changed.',
  none: 'This workspace was never connected. An owner of the workspace installs Drumbeat.',
  command: 'Next step, on the machine of Drumbeat:',
  statuses: {
    live: 'Connected',
    disabled: 'Switched off',
    revoked: 'Refused',
    uninstalled: 'Disconnected',
    superseded: 'Replaced',
  } satisfies Readonly<Record<ConnectionState['status'], string>>,
  ways: {
    connect: 'App in Bitbucket (Connect)',
    forge: 'App in Bitbucket (Forge)',
    access_token: 'Access token',
  } satisfies Readonly<Record<ConnectionState['kind'], string>>,
  personalToken: 'API token of a person',
  givenOn: (way: string, date: string) => `${way}, given on ${date}`,
  facts: {
    way: 'Connected by',
    reaches: 'Reaches',
    end: 'End of the token',
    changes: 'How changes are found',
    lastNotice: 'Last notice',
  },
  allRepositories: 'All repositories',
  unknown: 'Not known',
  called: 'Bitbucket calls when something happens.',
  noNotice: 'None yet',
  problems: {
    unreadable: 'Bitbucket cannot be read',
    ending: 'The token needs to be renewed',
    hook: 'The webhook does not work',
  },
} as const;
