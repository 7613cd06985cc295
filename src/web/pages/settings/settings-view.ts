import { formatCounted } from '../../presentation/format/numbers';
import type { MessageView } from '../../presentation/frame/state-view';

interface SettingsParts {
  readonly workspace: string;
  readonly importDays: number | null;
  readonly isImporting: boolean;
  readonly isConnected: boolean;
  readonly isKnownAdministrator: boolean;
  /** A link has filled in the form of a correction. */
  readonly isPrefilled: boolean;
}

/** What stands above the sections. */
export function buildSettingsHead(parts: SettingsParts) {
  const { workspace, isConnected, isPrefilled, isKnownAdministrator } = parts;
  return {
    title: 'Drumbeat settings',
    workspace,
    messages: [
      ...(isConnected ? [] : [disconnected]),
      ...(isPrefilled ? [prefilled] : []),
      ...(isKnownAdministrator ? [] : [unknownAdministrator]),
    ],
    confirmation: parts.isImporting ? buildConfirmation(parts) : [],
  };
}

const disconnected: MessageView = {
  tone: 'error',
  title: 'Drumbeat is not connected',
  text: 'Bitbucket does not let Drumbeat read this workspace any more. An owner of the workspace installs it again; what was imported is kept.',
  step: null,
};
const unknownAdministrator: MessageView = {
  tone: 'information',
  title: 'Drumbeat does not know who administers this workspace',
  text: 'Bitbucket did not tell. It shows this page to administrators alone, so whoever sees it may change what is below.',
  step: null,
};
const prefilled: MessageView = {
  tone: 'information',
  title: 'A correction is filled in below',
  text: 'Nothing is changed yet: look for "Corrections", say why, and make it.',
  step: null,
};

/** Which workspace, what is read and how long it takes: shown until the import is done. */
function buildConfirmation({ workspace, importDays }: SettingsParts): string[] {
  const depth = importDays === null ? '' : ` updated in the last ${formatCounted(importDays, 'day')}`;
  return [
    `Drumbeat is connected to the workspace ${workspace}. It only reads: nothing in Bitbucket is changed.`,
    `Of every repository it now imports the pull requests${depth} and all open ones, with their commits, approvals, comments and sizes, and the groups of the workspace. It keeps no source code.`,
    'Small workspaces take minutes, large ones some hours: Bitbucket limits the requests per hour. The pages can be used meanwhile; newest pull requests come first.',
  ];
}
