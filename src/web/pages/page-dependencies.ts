import type { Clock } from '../../domain/clock';
import type { Links } from '../paths';
import type { Administration, ImportStatus, PageCaller } from '../web-dependencies';
import type { AccelerateReport } from './metrics/accelerate-report';
import type { CheckedFilter, FilterProblem, PageParameters } from './overview/overview-query';
import type { SystemReport } from './overview/systems-table';

/** What pages ask of reporting. Every answer is one of the API's, from the same implementation. */
export interface PagesReporting {
  parseFilter(
    workspace: string,
    query: Record<string, string[]>,
    scope: { repositoryUuid: string | null },
  ): Promise<{ filter: CheckedFilter } | { problems: readonly FilterProblem[] }>;
  loadAccelerate(workspace: string, filter: CheckedFilter): Promise<AccelerateReport>;
  loadPerSystem(workspace: string, filter: CheckedFilter): Promise<readonly SystemReport[]>;
  loadSystems(workspace: string): Promise<readonly SystemItem[]>;
  loadTeams(workspace: string): Promise<readonly TeamItem[]>;
  loadDeployments(workspace: string, filter: CheckedFilter, page: RowsPage): Promise<Rows<DeploymentItem>>;
  loadIncidents(workspace: string, filter: CheckedFilter, page: RowsPage): Promise<Rows<IncidentItem>>;
}

export interface RowsPage {
  readonly limit: number;
  readonly cursor: string | null;
}

export interface Rows<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface SystemItem {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string;
}

export interface TeamItem {
  readonly slug: string;
  readonly name: string;
  readonly source: string;
  readonly members: number;
  readonly deleted: boolean;
}

export interface DeploymentItem {
  readonly deploy_id: string;
  readonly system: Omit<SystemItem, 'url'>;
  readonly time_created: string;
  readonly changes: readonly { readonly change_id: string; readonly time_created: string }[];
  readonly teams: readonly string[];
  readonly teams_as_of: string;
  readonly source: string;
  readonly complete: boolean;
  readonly url: string;
}

export interface IncidentItem {
  readonly incident_id: string;
  readonly system: Omit<SystemItem, 'url'>;
  readonly time_created: string;
  readonly time_resolved: string | null;
  readonly source: string;
  readonly deploy_id: string | null;
  readonly fix_deploy_id: string | null;
  readonly url: string;
}

/** The import's status as pages need it. */
export type PageImportStatus = ImportStatus & {
  /** `revoked` and the like: nothing can be read until somebody connects the workspace again. */
  readonly connection?: string;
};

/** The part of the web room's dependencies that pages use. */
export interface PagesDependencies {
  readonly links: Links;
  readonly bitbucketUrl: string;
  readonly clock: Clock;
  readonly reporting: PagesReporting;
  readonly importStatus: { load(workspace: string): Promise<PageImportStatus> };
  readonly administration: Administration;
}

/** One request for a page, free of HTTP. */
export interface PageRequest {
  readonly caller: PageCaller;
  readonly parameters: PageParameters;
  readonly isPost: boolean;
}

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly template: string;
      readonly title: string;
      readonly view: object;
      /** The view again, without any token. */
      readonly address: string;
      /** Seconds until it is worth fetching again. */
      readonly live: number | null;
    }
  | { readonly kind: 'csv'; readonly fileName: string; readonly text: string }
  | { readonly kind: 'not-found' };

export type AnswerPage = (request: PageRequest, dependencies: PagesDependencies) => Promise<PageAnswer>;

/** A workspace is importing as long as its history is queued or being read. */
export function isImporting(status: ImportStatus): boolean {
  return status.state === 'queued' || status.state === 'running';
}
