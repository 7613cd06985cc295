import type { ImportStatus } from '../../../ingestion/progress/import-status';
import type { Links } from '../../routing/paths';
import type { ConnectionState } from '../../routing/web-dependencies';
import { buildConnectionProblems } from './connection/connection-view';
import { buildProblems } from './import/import-view';
import { sectionGroups, type SectionName } from './sections';
import { groupWords, pageWords, sectionWords } from './words';

/** The sections as a list beside the shown one, and as one menu where there is no room for it. */
export function buildNavigation(shown: SectionName, links: Links) {
  return {
    label: pageWords.nav,
    current: sectionWords[shown],
    groups: sectionGroups.map(({ group, sections }) => ({
      name: groupWords[group],
      links: sections.map((section) => ({
        href: links.page('settings', { section }),
        text: sectionWords[section],
        isCurrent: section === shown,
      })),
    })),
  };
}

interface Known {
  readonly status: ImportStatus;
  readonly connection: ConnectionState | null;
  readonly isConnected: boolean;
  readonly isKnownAdministrator: boolean;
}

/** What is wrong or unclear, and the section that tells of it. */
interface Alert {
  readonly tone: 'information' | 'warning' | 'error';
  readonly section: SectionName;
  /** On the other sections: one line. */
  readonly line: string;
  /** In its own section, where that has no better place for it. */
  readonly full: { readonly title: string; readonly text: string } | null;
}

/** The first of these needs attention first. */
export function findAlerts({ status, connection, isConnected, isKnownAdministrator }: Known): Alert[] {
  const { disconnected, unknownAdministrator } = pageWords;
  const ofConnection = connection === null ? [] : buildConnectionProblems(connection);
  const ofImport = buildProblems(status);
  const [first] = ofImport;
  return [
    ...(isConnected ? [] : [buildFull(disconnected, { tone: 'error', section: 'connection' })]),
    ...ofConnection.map(({ tone, title }): Alert => ({ tone, section: 'connection', line: title, full: null })),
    ...(first === undefined ? [] : [buildImportAlert(first.title, status.problems.length)]),
    ...(isKnownAdministrator ? [] : [buildFull(unknownAdministrator, { tone: 'information', section: 'viewers' })]),
  ];
}

function buildFull(full: NonNullable<Alert['full']>, place: Pick<Alert, 'tone' | 'section'>): Alert {
  return { ...place, line: full.title, full };
}

function buildImportAlert(title: string, count: number): Alert {
  return { tone: 'error', section: 'import', line: count > 1 ? pageWords.problemsOfImport(count) : title, full: null };
}

/** In front of a section: what is wrong in it in full, and what is wrong in others in one line each. */
export function buildAlerts(alerts: readonly Alert[], shown: SectionName, links: Links) {
  return {
    messages: alerts.flatMap(({ tone, section, full }) =>
      section === shown && full !== null ? [{ tone, ...full, step: null }] : [],
    ),
    lines: alerts.flatMap(({ tone, section, line }) =>
      section === shown
        ? []
        : [
            {
              tone,
              text: line,
              way: { href: links.page('settings', { section }), text: pageWords.goTo(sectionWords[section]) },
            },
          ],
    ),
  };
}
