import { formatDeployId } from '../../../src/domain/deployments/deploy-id';
import type { DeploymentItem } from '../../../src/reporting/answers/rows';
import type { Rows } from '../../../src/reporting/filter/row-page';
import { openMemoryList } from '../../../src/reporting/rows/memory-list';
import type { DeploymentRow, IncidentRow, ListedRow, RowList } from '../../../src/reporting/rows/row-list';
import type { WholeSnapshot } from '../../../src/reporting/snapshot';
import { buildMergedItem } from './sample-reviews';

type Item = { readonly time_created?: string; readonly merged_at?: string | null; readonly opened_at?: string };

/** Rows of a list of a sample, whose words are those that are given; every title holds what is searched for. */
export function buildSampleList<I extends Item, Row extends ListedRow<I>>(
  items: readonly I[],
  toRow: (item: I) => Row,
): RowList<Row> {
  return openMemoryList<I, Row>({
    facts: items,
    toNumber: (item, key) => (key === 'time' ? Date.parse(item.time_created ?? item.opened_at ?? '') : undefined),
    toRows: async (some) => some.map(toRow),
    isLeftOut: () => false,
    findFacts: async (text) => (item) => JSON.stringify(toRow(item)).includes(text),
  });
}

/** What every row of a sample says. */
export function buildListedRow<I>(item: I, id: string, title: string | null = 'A change'): ListedRow<I> {
  const author = { uuid: '{a}', displayName: 'Ada Lovelace', isBot: false };
  return { item, id, title, branch: 'feature/CORE-12-change', author, corrections: [], isLeftOut: false };
}

export function toDeploymentRow(item: DeploymentRow['item']): DeploymentRow {
  return { ...buildListedRow(item, item.deploy_id), outcomes: [], incidents: [], leadTime: 86_400 };
}

type Listing =
  | 'openDeploymentList'
  | 'listCorrectionsOf'
  | 'openIncidentList'
  | 'openMergedList'
  | 'openOpenList'
  | 'openUndatedList';
type Asked = Pick<WholeSnapshot, 'listIncidents' | 'listOpenPullRequests' | 'listUndatedMerges'>;

/** Lists as pages show them, of the items that the same sample lists. */
export function buildSampleLists(
  sample: Asked,
  { deployments, isEmpty }: { readonly deployments: readonly DeploymentItem[]; readonly isEmpty: boolean },
): Pick<WholeSnapshot, Listing> {
  const all = <I>(rows: Rows<I>) => rows.items;
  const page = { limit: 500, cursor: null };
  const merged = isEmpty ? [] : Array.from({ length: 60 }, (_, index) => buildMergedItem(index + 1));
  return {
    listCorrectionsOf: () => [],
    openDeploymentList: (_filter, role) =>
      buildSampleList<DeploymentItem, DeploymentRow>(role === null ? deployments : [], toDeploymentRow),
    openIncidentList: (filter) =>
      buildSampleList(all(sample.listIncidents(filter, page)), (item): IncidentRow => ({
        ...buildListedRow(item, item.incident_id),
        blamedTitle: null,
      })),
    openMergedList: () => buildSampleList(merged, toMerged),
    openOpenList: (filter) => buildSampleList(all(sample.listOpenPullRequests(filter, page)), toMerged),
    openUndatedList: (filter) => buildSampleList(all(sample.listUndatedMerges(filter, page)), toMerged),
  };
}

function toMerged<
  I extends { readonly id: number; readonly title: string; readonly system: { readonly uuid: string } },
>(item: I): ListedRow<I> {
  return buildListedRow(item, formatDeployId({ repositoryUuid: item.system.uuid, number: item.id }), item.title);
}
