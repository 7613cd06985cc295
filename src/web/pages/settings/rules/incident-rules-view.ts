import type { IncidentRules } from '../../../../domain/incidents/incident-rules';
import type {
  IncidentPreview,
  PreviewFigures,
  PreviewIncident,
} from '../../../../reporting/corrections/corrections-report';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField } from '../../../presentation/forms/field-view';
import { buildStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import { formatDateRange, formatDateTime } from '../../../presentation/format/dates';
import { formatCount, formatShare, unknown } from '../../../presentation/format/numbers';
import { incidentRulesForm, readIncidentRulesFields, buildIncidentRulesFields } from './incident-rules-form';
import { incidentWords as words } from './words';

const said = words.previewed;

export function buildIncidentRulesView(
  stored: IncidentRules,
  typed: TypedForm | null,
  preview: ReturnType<typeof buildIncidentPreviewView> | null,
) {
  const fields = typed === null ? buildIncidentRulesFields(stored) : readIncidentRulesFields(typed.parameters);
  const problems = typed?.problems ?? {};
  return {
    seen: formatSeen(stored),
    revert: fields.revert,
    fields: [
      buildField(incidentRulesForm, problems, {
        name: 'branch_prefixes',
        label: words.fields.branchPrefixes,
        value: fields.branchPrefixes,
        rows: 3,
        hint: words.branchHint,
      }),
      buildField(incidentRulesForm, problems, {
        name: 'title_prefixes',
        label: words.fields.titlePrefixes,
        value: fields.titlePrefixes,
        rows: 3,
        hint: words.titleHint,
      }),
    ],
    stored: buildStoredNow(typed, stored, buildStoredWords),
    preview,
  };
}

function buildStoredWords({ revert, branchPrefixes, titlePrefixes }: IncidentRules): string[] {
  return [
    words.stored.revert(revert),
    words.stored.branchPrefixes(branchPrefixes),
    words.stored.titlePrefixes(titlePrefixes),
  ];
}

/** What the typed rules would find, rule by rule, beside what the saved ones find. */
export function buildIncidentPreviewView(preview: IncidentPreview, timezone: string) {
  const { from, to, stored, tried, gained, lost } = preview;
  const both = { stored, tried };
  return {
    sentence: said.sentence(tried.incidents, formatDateRange(from, to), tried.incidents - stored.incidents),
    rows: [
      buildRow(said.reverts, both, ({ byRevert }) => formatFound(byRevert)),
      ...listPrefixes(both, 'branch').map((prefix) =>
        buildRow(said.branch(prefix), both, ({ byPrefix }) => formatFound(findCount(byPrefix, 'branch', prefix))),
      ),
      ...listPrefixes(both, 'title').map((prefix) =>
        buildRow(said.titled(prefix), both, ({ byPrefix }) => formatFound(findCount(byPrefix, 'title', prefix))),
      ),
    ],
    sums: [
      buildRow(said.incidents, both, ({ incidents }) => formatCount(incidents)),
      buildRow(said.failureRate, both, ({ changeFailureRate: { value, failed, n } }) =>
        value === null ? unknown : formatShare(failed, n),
      ),
    ],
    lists: [
      { title: said.gained, incidents: gained.map((one) => buildIncident(one, timezone)) },
      { title: said.lost, incidents: lost.map((one) => buildIncident(one, timezone)) },
    ].filter(({ incidents }) => incidents.length > 0),
  };
}

type Both = Pick<IncidentPreview, 'stored' | 'tried'>;
type PrefixKind = PreviewFigures['byPrefix'][number]['kind'];

/** Those of the saved rules first, then those that are only typed. */
function listPrefixes({ stored, tried }: Both, kind: PrefixKind): string[] {
  const all = [...stored.byPrefix, ...tried.byPrefix].filter((one) => one.kind === kind);
  return [...new Set(all.map(({ prefix }) => prefix))];
}

/** `null`: these rules have no such prefix. */
function findCount(byPrefix: PreviewFigures['byPrefix'], kind: PrefixKind, prefix: string): number | null {
  return byPrefix.find((one) => one.kind === kind && one.prefix === prefix)?.incidents ?? null;
}

function formatFound(count: number | null): string {
  return count === null ? unknown : formatCount(count);
}

function buildRow(name: string, { stored, tried }: Both, toText: (figures: PreviewFigures) => string) {
  return { name, stored: toText(stored), tried: toText(tried) };
}

function buildIncident({ name, title, url, at }: PreviewIncident, timezone: string) {
  return {
    link: { href: url, text: name, isOutside: true },
    text: said.incident(title, formatDateTime(at, timezone)),
  };
}
