import type { Instant } from '../../domain/instant';
import { listCountedSystems } from '../delivery/delivery-answers';
import type { DeliveryFilter } from '../filter/delivery-filter';
import { pickFacts, type Loader, type Material } from '../facts/workspace-material';
import type { Reporting } from '../reporting';
import type { OpenPullRequestItem } from './pull-request-items';
import { listMergedPullRequests, pageOpenItems } from './pull-request-rows';
import { countUndatedMerges } from '../delivery/undated-merges';
import type { ReviewsReport } from './reviews-report';
import { toCompleteness, toReviewsReport, type ReviewsMaterial } from './to-reviews-report';
import { listOpenItems, toWorkInProgressFigures } from './work-in-progress';
import { toTimestamp } from '../delivery/accelerate-report';

type Answers = Pick<
  Reporting,
  'loadReviews' | 'loadReviewsPerSystem' | 'loadMergedPullRequests' | 'loadOpenPullRequests' | 'loadWorkInProgress'
>;

/** What is asked of pull requests: Changes & Reviews, and the work in progress. */
export function createReviewAnswers(loader: Loader): Answers {
  const loadWithImport = async (uuid: string) => Promise.all([loader.load(uuid), loader.isImporting(uuid)]);
  return {
    loadReviews: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      return toReport(material, { filter, isImporting, hasSeries: true });
    },
    loadReviewsPerSystem: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      return listCountedSystems(material, filter).map((system) => ({
        system,
        report: toReport(material, { filter: { ...filter, systems: [system.uuid] }, isImporting, hasSeries: false }),
      }));
    },
    loadMergedPullRequests: async (uuid, filter, page) => {
      const material = await loader.load(uuid);
      const { systems, known } = material;
      return listMergedPullRequests({
        ...{ facts: pickFacts(material, filter), systems, people: known.people, filter, page },
      });
    },
    loadOpenPullRequests: async (uuid, filter, page) => {
      const material = await loader.load(uuid);
      return pageOpenItems(await loadItems(loader, material, { filter, now: loader.clock.now() }), page);
    },
    loadWorkInProgress: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      const { workspace, known } = material;
      const { timezone } = known.corrected.settings;
      const now = loader.clock.now();
      return {
        workspace: { uuid: workspace.uuid, slug: workspace.slug },
        ...toWorkInProgressFigures(await loadItems(loader, material, { filter, now })),
        as_of: toTimestamp(now),
        timezone,
        completeness: toCompleteness(workspace, { timezone, isImporting }),
      };
    },
  };
}

type Asked = Pick<ReviewsMaterial, 'filter' | 'isImporting' | 'hasSeries'>;

function toReport(material: Material, asked: Asked): ReviewsReport {
  return toReviewsReport({
    ...asked,
    workspace: material.workspace,
    facts: pickFacts(material, asked.filter),
    undatedMerges: countUndatedMerges(material.known, asked.filter),
  });
}

async function loadItems(
  loader: Loader,
  material: Material,
  { filter, now }: { readonly filter: DeliveryFilter; readonly now: Instant },
): Promise<OpenPullRequestItem[]> {
  const { systems, known } = material;
  const { settings, teams } = known.corrected;
  return listOpenItems({
    open: await loader.loadOpen(material),
    ...{ settings, teams, systems, filter, now, ignored: known.ignored, people: known.people },
    corrections: filter.isRaw ? [] : known.material.corrections,
  });
}
