import type { Team } from '../../../src/domain/teams/team';
import { defaultWorkspaceSettings, type WorkspaceSettings } from '../../../src/domain/settings/workspace-settings';
import type { Administration } from '../../../src/administration/administration';
import type { ListedToken } from '../../../src/administration/tokens';
import type { WholeSnapshot } from '../../../src/reporting/snapshot';
import type { CorrectionItem, NoteItem } from '../../../src/reporting/corrections/corrections-report';
import { createLinks } from '../../../src/web/routing/paths';
import { pageRenderer } from '../../../src/web/presentation/frame/page-renderer';
import type { PageAnswer, RoomsDependencies } from '../../../src/web/presentation/frame/page-dependencies';
import { readSection } from '../../../src/web/pages/settings/sections';
import { answerSettings } from '../../../src/web/pages/settings/settings-page';
import { buildAccelerateReport } from './sample-report';
import { createSampleRooms, sampleNote } from './sample-rooms';
import { sampleLinks } from './sample-window';
import { nobodySeesAll } from '../web/nobody-named';

/** What is stored behind the settings page; a test may change it as somebody else would. */
export interface SettingsHarnessState {
  settings: WorkspaceSettings;
  teams: Team[];
  people: { uuid: string; displayName: string | null }[];
  notes: NoteItem[];
  corrections: CorrectionItem[];
  tokens: ListedToken[];
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** An administrator at the settings page, without a browser: forms are sent with the hidden fields they came with. */
export interface SettingsHarness {
  readonly state: SettingsHarnessState;
  /** What was asked of the administration, in order: "saveTeam {…}". */
  readonly calls: string[];
  readonly dependencies: RoomsDependencies;
  /** Looks at the page, at an address with these parameters. */
  look(parameters?: Fields): Promise<string>;
  /**
   * Fills in the form that has the button `action`, in its section, and presses it; `meanwhile` happens between.
   */
  press(action: string, fields?: Fields, meanwhile?: () => void): Promise<string>;
  /** Sends the last form again as it was. */
  repeat(): Promise<string>;
}

const now = Date.parse('2026-11-22T12:00:00Z');

/** `answers`: what reporting is to answer otherwise than from the state; `rooms`: those that a test brings itself. */
export function createSettingsHarness(
  change: Partial<SettingsHarnessState> = {},
  answers: Partial<WholeSnapshot> = {},
  rooms: Partial<RoomsDependencies> = {},
): SettingsHarness {
  const state: SettingsHarnessState = {
    settings: defaultWorkspaceSettings,
    teams: [],
    people: ['Ada', 'Bo', 'Cy'].map((displayName) => ({ uuid: `{${displayName.toLowerCase()}}`, displayName })),
    notes: [],
    corrections: [],
    tokens: [],
    ...change,
  };
  const calls: string[] = [];
  const dependencies = {
    ...createDependencies(calls, state, () => ({ ...toAnswers(state), ...answers })),
    ...rooms,
  };
  const ask = async (parameters: Fields, isPost: boolean): Promise<string> => {
    const caller = {
      ...{ workspace: '{w}', repositoryUuid: null, canWrite: true, session: 'S' },
      ...{ ...nobodySeesAll, userUuid: '{ada}' },
    };
    const asked = { caller: { ...caller, isKnownAdministrator: true }, parameters: toParameters(parameters), isPost };
    const answer: PageAnswer = await answerSettings(asked, dependencies);
    if (answer.kind !== 'page') throw new Error(`The settings answered ${answer.kind}.`);
    const html = await pageRenderer.renderDocument(answer.template, answer.view, {
      session: 'S',
      address: answer.address,
    });
    // Four hundred time zones say nothing; and Handlebars escapes `=`, which needs none.
    return html.replaceAll(/<option value="\w+\/[^"]+">[^<]*<\/option>/gu, '').replaceAll('&#x3D;', '=');
  };
  let shown = '';
  let sent: Fields = {};
  const look = async (parameters: Fields = {}) => (shown = await ask(parameters, false));
  return {
    state,
    calls,
    dependencies,
    look,
    async press(action, fields = {}, meanwhile) {
      if (!shown.includes(`value="${action}"`)) await look({ section: toSection(action) });
      sent = { ...readHidden(shown, action), ...fields, action };
      meanwhile?.();
      return (shown = await ask(sent, true));
    },
    repeat: async () => (shown = await ask(sent, true)),
  };
}

/** The section where the button of an action stands. */
function toSection(action: string): string {
  const section = readSection({ parameters: { action: [action] }, isPost: true });
  if (typeof section !== 'string') throw new Error(`No section has the button ${action}.`);
  return section;
}

function toParameters(fields: Fields): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  );
}

/** The hidden fields of the form whose button is pressed, without the session: nobody types them. */
function readHidden(html: string, action: string): Record<string, string[]> {
  const form = html.split('<form').find((part) => part.split('</form>')[0]?.includes(`value="${action}"`) === true);
  if (form === undefined) throw new Error(`No form has the button ${action}.`);
  const hidden: Record<string, string[]> = {};
  for (const [, name = '', value = ''] of form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)) {
    if (name !== 'session') (hidden[name] ??= []).push(value);
  }
  return hidden;
}

function createDependencies(
  calls: string[],
  state: SettingsHarnessState,
  answer: () => Partial<WholeSnapshot>,
): RoomsDependencies {
  const rooms = createSampleRooms(buildAccelerateReport(), answer);
  return {
    ...rooms,
    links: createLinks('https://drumbeat.example', '1'),
    ownWindow: sampleLinks,
    bitbucketUrl: 'https://bitbucket.org',
    importDays: 365,
    imports: {
      restart: async (_workspace, repository) => void calls.push(`restartImport ${JSON.stringify(repository)}`),
    },
    administration: createAdministration(state, calls, rooms.administration),
  };
}

function toAnswers({ settings, teams, people, notes, corrections }: SettingsHarnessState): Partial<WholeSnapshot> {
  return {
    ...{ settings, teams, now },
    people: people.map((person) => ({ ...person, accountId: null, type: 'user' })),
    listNotes: () => notes,
    listCorrections: () => corrections,
  };
}

function createAdministration(state: SettingsHarnessState, calls: string[], sample: Administration): Administration {
  const claimed = new Set<string>();
  const say = (what: string, about: unknown) => void calls.push(`${what} ${JSON.stringify(about)}`);
  return {
    ...sample,
    listTokens: async () => state.tokens,
    claimSubmission: async (_workspace, mark) => !claimed.has(mark) && Boolean(claimed.add(mark)),
    releaseSubmission: async (_workspace, mark) => void claimed.delete(mark),
    async saveSettings(_workspace, settings) {
      say('saveSettings', settings);
      state.settings = settings;
    },
    async saveTeam(_workspace, { slug, name, members }) {
      say('saveTeam', { slug, name, members });
      const saved: Team = { slug: slug ?? 'made', name, members, source: 'manual', isDeleted: false };
      state.teams = [...state.teams.filter((team) => team.slug !== saved.slug), saved];
      return saved.slug;
    },
    async deleteTeam(_workspace, slug) {
      say('deleteTeam', slug);
      state.teams = state.teams.map((team) => (team.slug === slug ? { ...team, isDeleted: true } : team));
    },
    async createToken(_workspace, token) {
      say('createToken', token);
      return { id: '1', token: 'dbt_shown_once' };
    },
    async saveNote(_workspace, note) {
      say('saveNote', note);
      const { id, date, text } = note;
      const saved = { ...sampleNote, id: id ?? 'made', date, text };
      state.notes = [...state.notes.filter((one) => one.id !== saved.id), saved];
      return true;
    },
    async deleteNote(_workspace, id) {
      say('deleteNote', id);
      state.notes = state.notes.filter((note) => note.id !== id);
      return true;
    },
    ...createCorrecting(state, say),
  };
}

function createCorrecting(
  state: SettingsHarnessState,
  say: (what: string, about: unknown) => void,
): Pick<Administration, 'correct' | 'undoCorrection'> {
  return {
    async correct(_workspace, correction) {
      say('correct', correction);
      const { kind, subject } = correction;
      return !state.corrections.some((one) => one.kind === kind && one.subject === subject && one.undoneAt === null);
    },
    async undoCorrection(_workspace, id, by) {
      say('undoCorrection', { id, by });
      state.corrections = state.corrections.map((one) => (one.id === id ? { ...one, undoneAt: now } : one));
      return true;
    },
  };
}
