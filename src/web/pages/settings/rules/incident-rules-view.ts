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
import { formatCount, formatCounted, formatShare, unknown } from '../../../presentation/format/numbers';
import { incidentRulesForm, readIncidentRulesFields, buildIncidentRulesFields } from './incident-rules-form';

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
        label: 'Branch prefixes of fixes',
        value: fields.branchPrefixes,
        rows: 3,
        hint: 'One a line, 2 to 50 characters. Large and small letters are the same.',
      }),
      buildField(incidentRulesForm, problems, {
        name: 'title_prefixes',
        label: 'Title prefixes of fixes',
        value: fields.titlePrefixes,
        rows: 3,
        hint: 'One a line, for teams that mark a fix in the title of its pull request.',
      }),
    ],
    stored: buildStoredNow(typed, stored, buildStoredWords),
    preview,
  };
}

function buildStoredWords({ revert, branchPrefixes, titlePrefixes }: IncidentRules): string[] {
  const toList = (prefixes: readonly string[]) => (prefixes.length === 0 ? 'none' : prefixes.join(', '));
  return [
    `A merged revert is an incident: ${revert ? 'yes' : 'no'}`,
    `Branch prefixes: ${toList(branchPrefixes)}`,
    `Title prefixes: ${toList(titlePrefixes)}`,
  ];
}

/** What the typed rules would find, beside what the stored ones find. */
export function buildIncidentPreviewView(preview: IncidentPreview, timezone: string) {
  const { from, to, stored, tried, gained, lost } = preview;
  const change = tried.incidents - stored.incidents;
  const comparison =
    change === 0
      ? 'as many as the stored rules'
      : `${formatCount(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than the stored rules`;
  return {
    sentence: `With what is typed there are ${formatCounted(tried.incidents, 'incident')} in ${formatDateRange(from, to)}: ${comparison}. Nothing is saved yet.`,
    rows: [
      toRow('Incidents', { stored, tried }, ({ incidents }) => formatCount(incidents)),
      toRow('By a revert', { stored, tried }, ({ byRevert }) => formatCount(byRevert)),
      toRow('By a name', { stored, tried }, ({ byName }) => formatCount(byName)),
      toRow('Change failure rate', { stored, tried }, ({ changeFailureRate: { value, failed, n } }) =>
        value === null ? unknown : formatShare(failed, n),
      ),
    ],
    lists: [
      { title: 'Found only with what is typed', incidents: gained.map((one) => buildIncident(one, timezone)) },
      { title: 'No longer found', incidents: lost.map((one) => buildIncident(one, timezone)) },
    ].filter(({ incidents }) => incidents.length > 0),
  };
}

function toRow(
  name: string,
  { stored, tried }: Pick<IncidentPreview, 'stored' | 'tried'>,
  toText: (figures: PreviewFigures) => string,
) {
  return { name, stored: toText(stored), tried: toText(tried) };
}

function buildIncident({ name, title, url, at }: PreviewIncident, timezone: string) {
  return {
    link: { href: url, text: name, isOutside: true },
    text: `${title} (${formatDateTime(at, timezone)})`,
  };
}
