import type { GivenUpList } from '../../../ingestion/progress/given-up-work';
import type { ImportStatus } from '../../../ingestion/progress/import-status';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { findTyped, type ActionResult, type Checked, type TypedForm } from '../../presentation/forms/form-action';
import type { RoomsDependencies } from '../../presentation/frame/page-dependencies';
import type { ConnectionState, PageCaller } from '../../routing/web-dependencies';
import { buildConnectionView } from './connection/connection-view';
import { connectionWords } from './connection/words';
import { correctionForm } from './corrections/correction-form';
import { buildCorrectionsView } from './corrections/corrections-view';
import { correctionWords } from './corrections/words';
import { buildDeploymentsView } from './deployments/deployments-view';
import { deploymentsWords } from './deployments/words';
import { buildConfirmation, buildImportView } from './import/import-view';
import { importWords } from './import/words';
import { noteForm } from './notes/note-form';
import { buildNotesView } from './notes/notes-view';
import { noteWords } from './notes/words';
import { checkExclusions, exclusionsForm } from './rules/exclusions-form';
import { buildExclusionsView } from './rules/exclusions-view';
import { buildGeneral, buildGeneralView, generalForm } from './rules/general-form';
import { checkIncidentRules, incidentRulesForm } from './rules/incident-rules-form';
import { buildIncidentPreviewView, buildIncidentRulesView } from './rules/incident-rules-view';
import { exclusionWords, generalWords, incidentWords } from './rules/words';
import type { Saying } from './saying';
import type { SectionName } from './sections';
import type { CutList } from './settings-lists';
import { linkForm } from './sign-in-links/link-actions';
import { buildLinksView } from './sign-in-links/links-view';
import { linkWords } from './sign-in-links/words';
import { teamForm } from './teams/team-form';
import { buildTeamsView } from './teams/teams-view';
import { teamWords } from './teams/words';
import { tokenForm } from './tokens/token-actions';
import { readStandings } from './tokens/token-makers';
import { buildTokensView } from './tokens/tokens-view';
import { tokenWords } from './tokens/words';
import { buildViewersView, viewersForm } from './viewers/viewers-form';
import { viewersWords } from './viewers/words';
import { buildWorkView } from './work/work-view';
import { workWords } from './work/words';

/** What a section is made of; what one section alone needs is read when it is shown. */
export interface SectionMaterial {
  readonly caller: PageCaller;
  readonly dependencies: RoomsDependencies;
  readonly snapshot: WholeSnapshot;
  readonly status: ImportStatus;
  readonly connection: ConnectionState | null;
  readonly result: ActionResult;
  readonly said: Saying;
  readonly cut: CutList;
  /** Which form a link asks to be open. */
  readonly open: OpenForm | null;
  /** What a link fills into the form of a correction. */
  readonly prefilled: PageParameters;
}

interface OpenForm {
  readonly kind: string;
  /** Of what it edits; `''`: of something new. */
  readonly key: string;
}

/** "team:core", "note:7", "team:" for a new team; anything else opens nothing. */
export function readOpenForm(text: string | null): OpenForm | null {
  const [, kind, key = ''] = /^(team|note):(.*)$/su.exec(text ?? '') ?? [];
  return kind === undefined ? null : { kind, key };
}

type BuildSection = (material: SectionMaterial) => object | Promise<object>;

/** Each section as it is now, with what was typed where it could not be done. */
export const buildSection: Readonly<Record<SectionName, BuildSection>> = {
  'time-zone': ({ snapshot: { settings, now }, result, said }) => ({
    words: generalWords,
    ...buildGeneralView(buildGeneral(settings), findTyped(result, generalForm), now),
    said: said.of('save-general'),
  }),
  deployments: ({ snapshot, cut }) => ({
    words: deploymentsWords,
    ...cut(buildDeploymentsView(snapshot).repositories, 'repositories_page'),
  }),
  incidents: buildIncidents,
  people: buildPeople,
  teams: buildTeams,
  notes: buildNotes,
  corrections: buildCorrections,
  tokens: buildTokens,
  links: buildLinks,
  viewers: ({ snapshot: { settings }, result, said }) => ({
    words: viewersWords,
    ...buildViewersView(settings.viewersWithoutRights, findTyped(result, viewersForm)),
    said: said.of('save-viewers'),
  }),
  connection: ({ connection, snapshot }) => ({
    words: connectionWords,
    ...buildConnectionView(connection, snapshot.settings.timezone),
  }),
  import: buildImport,
  work: buildWork,
};

function findOpen({ open }: SectionMaterial, kind: string): string | null {
  return open?.kind === kind ? open.key : null;
}

function buildFormHref({ dependencies: { links } }: SectionMaterial, section: SectionName, kind: string) {
  return (key: string) => links.page('settings', { section, edit: `${kind}:${key}` });
}

async function buildIncidents({ snapshot, result, said }: SectionMaterial) {
  const { timezone, incidentRules } = snapshot.settings;
  const typed = findTyped(result, incidentRulesForm);
  const tried = findTried(typed, checkIncidentRules);
  const preview = tried && buildIncidentPreviewView(await snapshot.previewIncidentRules(tried), timezone);
  return {
    words: incidentWords,
    ...buildIncidentRulesView(incidentRules, typed, preview),
    said: said.of('save-incident-rules', 'preview-incident-rules'),
  };
}

async function buildPeople({ snapshot, result, said }: SectionMaterial) {
  const { people, systems, settings } = snapshot;
  const rules = settings.exclusions;
  const typed = findTyped(result, exclusionsForm);
  const tried = findTried(typed, (parameters) => checkExclusions(parameters, snapshot));
  const counts = {
    counts: await snapshot.countExclusions(rules),
    tried: tried && (await snapshot.countExclusions(tried)),
  };
  return {
    words: exclusionWords,
    ...buildExclusionsView({ rules, typed, people, systems, ...counts }),
    said: said.of('save-exclusions', 'preview-exclusions', 'find-people'),
  };
}

function buildTeams(material: SectionMaterial) {
  const { snapshot, status, result, said, cut } = material;
  const { teams, people, settings, now } = snapshot;
  const view = buildTeamsView({
    ...{ teams, people, groups: status.groups, timezone: settings.timezone, now },
    typed: findTyped(result, teamForm),
    open: findOpen(material, teamForm),
    toFormHref: buildFormHref(material, 'teams', teamForm),
  });
  return {
    words: teamWords,
    ...view,
    groups: cut(view.groups, 'groups_page'),
    manual: cut(view.manual, 'teams_page'),
    said: said.of('save-team', 'delete-team', 'find-members'),
  };
}

function buildNotes(material: SectionMaterial) {
  const { snapshot, result, said, cut } = material;
  const view = buildNotesView({
    notes: snapshot.listNotes(),
    timezone: snapshot.settings.timezone,
    typed: findTyped(result, noteForm),
    open: findOpen(material, noteForm),
    toFormHref: buildFormHref(material, 'notes', noteForm),
  });
  const { list, pages } = cut(view.list, 'notes_page');
  const button = { actions: ['delete-note'], field: 'id', toValue: ({ id }: { readonly id: string }) => id };
  const inRows = said.inRows(list, button);
  return { words: noteWords, ...view, pages, list: inRows.list, saidOfRows: inRows.said, said: said.of('save-note') };
}

function buildCorrections({ snapshot, result, prefilled, said, cut }: SectionMaterial) {
  const view = buildCorrectionsView({
    corrections: snapshot.listCorrections(),
    timezone: snapshot.settings.timezone,
    typed: findTyped(result, correctionForm),
    prefilled,
  });
  const { list, pages } = cut(view.list, 'corrections_page');
  const inRows = said.inRows(list, { actions: ['undo-correction'], field: 'id', toValue: ({ id }) => id });
  return {
    words: correctionWords,
    ...view,
    ...{ pages, list: inRows.list, saidOfRows: inRows.said, said: said.of('correct') },
    isPrefilled: prefilled['subject'] !== undefined,
  };
}

async function buildTokens({ caller, dependencies, snapshot, result, said, cut }: SectionMaterial) {
  const tokens = await dependencies.administration.listTokens(caller.workspace);
  const standings = await readStandings(tokens, caller.workspace, dependencies);
  const { timezone } = snapshot.settings;
  const view = buildTokensView({ tokens, standings, timezone }, findTyped(result, tokenForm));
  const { list, pages } = cut(view.list, 'tokens_page');
  const inRows = said.inRows(list, { actions: ['revoke-token'], field: 'id', toValue: ({ id }) => id });
  return {
    words: tokenWords,
    ...view,
    ...{ pages, list: inRows.list, saidOfRows: inRows.said, said: said.of('create-token') },
  };
}

async function buildLinks({ caller, dependencies, snapshot, result, said, cut }: SectionMaterial) {
  const { now, settings } = snapshot;
  const known = await dependencies.ownWindow.listLinks(caller.workspace);
  const view = buildLinksView(known, findTyped(result, linkForm), { now, timezone: settings.timezone });
  const { list, pages } = cut(view.list, 'links_page');
  const inRows = said.inRows(list, { actions: ['revoke-link'], field: 'id', toValue: ({ id }) => id });
  return {
    words: linkWords,
    ...view,
    ...{ pages, list: inRows.list, saidOfRows: inRows.said, said: said.of('create-link') },
  };
}

function buildImport({ dependencies: { importDays }, snapshot, status, said, cut }: SectionMaterial) {
  const { now, settings, progress, workspace } = snapshot;
  const view = buildImportView(status, { now, timezone: settings.timezone });
  const { list, pages } = cut(view.repositories, 'repositories_page');
  const button = { actions: ['restart-import'], field: 'repository', toValue: ({ uuid }: { uuid: string }) => uuid };
  const inRows = said.inRows(list, button);
  return {
    words: importWords,
    ...view,
    ...{ pages, repositories: inRows.list, said: inRows.said },
    confirmation: progress.isImporting ? buildConfirmation(workspace, importDays) : [],
  };
}

async function buildWork({ caller, dependencies, snapshot, status, said }: SectionMaterial) {
  const givenUp: GivenUpList = await dependencies.givenUpWork.list(caller.workspace, caller.sight.repositories);
  const view = buildWorkView(status, givenUp, snapshot.settings.timezone);
  const inRows = said.inRows(view.givenUp, { actions: ['retry-work'], field: 'job', toValue: ({ id }) => id });
  return {
    words: workWords,
    ...view,
    ...{ givenUp: inRows.list, saidOfRows: inRows.said, said: said.of('retry-all-work') },
  };
}

/** The typed rules, where it was asked what they would do; `null`: it was not, or they cannot be used. */
function findTried<T>(typed: TypedForm | null, check: (parameters: PageParameters) => Checked<T>): T | null {
  const checked = typed?.isPreview === true ? check(typed.parameters) : null;
  return checked !== null && 'value' in checked ? checked.value : null;
}
