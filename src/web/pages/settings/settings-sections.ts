import type { SignInLink } from '../../../doors/own-window';
import type { ListedToken } from '../../../administration/tokens';
import type { GivenUpList } from '../../../ingestion/progress/given-up-work';
import type { ImportStatus } from '../../../ingestion/progress/import-status';
import { correctionForm } from './corrections/correction-form';
import { buildCorrectionsView } from './corrections/corrections-view';
import { findTyped, type ActionResult, type Checked, type TypedForm } from '../../presentation/forms/form-action';
import { noteForm } from './notes/note-form';
import { buildNotesView } from './notes/notes-view';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { Links } from '../../routing/paths';
import type { ConnectionState } from '../../routing/web-dependencies';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { checkExclusions, exclusionsForm } from './rules/exclusions-form';
import { buildExclusionsView } from './rules/exclusions-view';
import { generalForm, buildGeneral, buildGeneralView } from './rules/general-form';
import { checkIncidentRules, incidentRulesForm } from './rules/incident-rules-form';
import { buildIncidentPreviewView, buildIncidentRulesView } from './rules/incident-rules-view';
import { teamForm } from './teams/team-form';
import { buildTeamsView } from './teams/teams-view';
import { tokenForm } from './tokens/token-actions';
import type { MakerStanding } from './tokens/token-makers';
import { buildTokensView } from './tokens/tokens-view';
import { buildViewersView, viewersForm } from './viewers/viewers-form';
import { buildImportView } from './import/import-view';
import { buildWorkView } from './work/work-view';
import { buildConnectionView } from './connection/connection-view';
import { linkForm } from './sign-in-links/link-actions';
import { buildLinksView } from './sign-in-links/links-view';

/** What the sections are made of. */
interface SectionsMaterial {
  readonly links: Links;
  readonly snapshot: WholeSnapshot;
  readonly status: ImportStatus;
  readonly givenUp: GivenUpList;
  readonly tokens: readonly ListedToken[];
  /** Of the makers of those in force, by the id of the token. */
  readonly standings: ReadonlyMap<string, MakerStanding>;
  readonly signInLinks: readonly SignInLink[];
  readonly connection: ConnectionState | null;
  readonly result: ActionResult;
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

/** Every section of the page as it is now, with what was typed where it could not be done. */
export async function buildSections(material: SectionsMaterial) {
  const { links, snapshot, result, status, givenUp, tokens, standings, signInLinks, connection, prefilled } = material;
  const { settings, now } = snapshot;
  const { timezone } = settings;
  return {
    connection: buildConnectionView(connection, timezone),
    import: buildImportView(status, { now, timezone }),
    work: buildWorkView(status, givenUp, timezone),
    general: buildGeneralView(buildGeneral(settings), findTyped(result, generalForm)),
    incidentRules: await buildIncidentRules(material),
    exclusions: await buildExclusions(material),
    viewers: buildViewersView(settings.viewersWithoutRights, findTyped(result, viewersForm)),
    teams: buildTeamsView({
      ...{ teams: snapshot.teams, people: snapshot.people, groups: status.groups, timezone, now },
      typed: findTyped(result, teamForm),
      open: findOpen(material, teamForm),
      toFormHref: buildFormHref(links, teamForm),
    }),
    tokens: buildTokensView({ tokens, standings, timezone }, findTyped(result, tokenForm)),
    links: buildLinksView(signInLinks, findTyped(result, linkForm), { now, timezone }),
    corrections: buildCorrectionsView({
      corrections: snapshot.listCorrections(),
      timezone,
      typed: findTyped(result, correctionForm),
      prefilled,
    }),
    notes: buildNotesView({
      notes: snapshot.listNotes(),
      timezone,
      typed: findTyped(result, noteForm),
      open: findOpen(material, noteForm),
      toFormHref: buildFormHref(links, noteForm),
    }),
  };
}

function findOpen({ open }: SectionsMaterial, kind: string): string | null {
  return open?.kind === kind ? open.key : null;
}

function buildFormHref(links: Links, kind: string): (key: string) => string {
  return (key) => links.page('settings', { edit: `${kind}:${key}` });
}

async function buildIncidentRules({ snapshot, result }: SectionsMaterial) {
  const { timezone, incidentRules } = snapshot.settings;
  const typed = findTyped(result, incidentRulesForm);
  const tried = findTried(typed, checkIncidentRules);
  const preview = tried && buildIncidentPreviewView(await snapshot.previewIncidentRules(tried), timezone);
  return buildIncidentRulesView(incidentRules, typed, preview);
}

async function buildExclusions({ snapshot, result }: SectionsMaterial) {
  const { people, systems, settings } = snapshot;
  const rules = settings.exclusions;
  const typed = findTyped(result, exclusionsForm);
  const tried = findTried(typed, (parameters) => checkExclusions(parameters, snapshot));
  const counts = {
    counts: await snapshot.countExclusions(rules),
    tried: tried && (await snapshot.countExclusions(tried)),
  };
  return buildExclusionsView({ rules, typed, people, systems, ...counts });
}

/** The typed rules, where it was asked what they would do; `null`: it was not, or they cannot be used. */
function findTried<T>(typed: TypedForm | null, check: (parameters: PageParameters) => Checked<T>): T | null {
  const checked = typed?.isPreview === true ? check(typed.parameters) : null;
  return checked !== null && 'value' in checked ? checked.value : null;
}
