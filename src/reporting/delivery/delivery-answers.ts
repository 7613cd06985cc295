import { findLocalDay } from '../../domain/calendar/time-zone';
import { toLocalDate } from '../../domain/calendar/civil-day';
import { toDateRange } from '../../domain/calendar/date-range';
import { computeAccelerate } from '../../domain/metrics/accelerate';
import { toAccelerateReport, type AccelerateReport } from './accelerate-report';
import { parseDeliveryFilter, type DeliveryFilter } from '../filter/delivery-filter';
import { listDeployments, listIncidents } from './delivery-rows';
import { pickFacts, type Loader, type Material } from '../facts/workspace-material';
import type { Reporting } from '../reporting';
import type { SystemItem } from '../filter/system-directory';
import { countUndatedMerges, listUndatedMerges } from './undated-merges';

type Answers = Pick<
  Reporting,
  'parseFilter' | 'loadAccelerate' | 'loadPerSystem' | 'loadDeployments' | 'loadIncidents' | 'loadUndatedMerges'
>;

/** What is asked of deployments and incidents, and the filter of every question. */
export function createDeliveryAnswers(loader: Loader): Answers {
  const loadWithImport = async (uuid: string) => Promise.all([loader.load(uuid), loader.isImporting(uuid)]);
  const toRows = (material: Material, filter: DeliveryFilter) => ({
    ...{ facts: pickFacts(material, filter), systems: material.systems, filter },
  });
  return {
    parseFilter: async (uuid, query, { repositoryUuid }) => {
      const { known, systems } = await loader.load(uuid);
      const { settings, teams } = known.corrected;
      const today = toLocalDate(findLocalDay(loader.clock.now(), settings.timezone));
      return parseDeliveryFilter(query, { today, systems: systems.items, teams, repositoryUuid });
    },
    loadAccelerate: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      return toReport(material, { filter, isImporting, hasSeries: true });
    },
    loadPerSystem: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      return listCountedSystems(material, filter).map((system) => ({
        system,
        report: toReport(material, { filter: { ...filter, systems: [system.uuid] }, isImporting, hasSeries: false }),
      }));
    },
    loadDeployments: async (uuid, filter, page) =>
      listDeployments({ ...toRows(await loader.load(uuid), filter), page }),
    loadIncidents: async (uuid, filter, page) => listIncidents({ ...toRows(await loader.load(uuid), filter), page }),
    loadUndatedMerges: async (uuid, filter, page) => listUndatedMerges(await loader.load(uuid), { filter, page }),
  };
}

/** The systems that pass the filter, without those that a rule leaves out: they have no numbers to show. */
export function listCountedSystems(
  { systems, known }: Pick<Material, 'systems' | 'known'>,
  filter: Pick<DeliveryFilter, 'systems'>,
): SystemItem[] {
  const { repositories } = known.corrected.settings.exclusions;
  return systems.items.filter(
    ({ uuid }) => (filter.systems.length === 0 || filter.systems.includes(uuid)) && !repositories.includes(uuid),
  );
}

interface Asked {
  readonly filter: DeliveryFilter;
  readonly isImporting: boolean;
  readonly hasSeries: boolean;
}

function toReport(material: Material, { filter, isImporting, hasSeries }: Asked): AccelerateReport {
  const { workspace } = material;
  const facts = pickFacts(material, filter);
  const question = {
    range: toDateRange({ from: filter.from, to: filter.to, timezone: facts.settings.timezone }),
    interval: hasSeries ? filter.interval : null,
    systems: filter.systems,
    teams: filter.teams,
    table: facts.settings.levels,
  };
  const accelerate = computeAccelerate(facts.columns, question);
  const undatedMerges = countUndatedMerges(material.known, filter);
  return toAccelerateReport({ workspace, question, interval: filter.interval, accelerate, isImporting, undatedMerges });
}
