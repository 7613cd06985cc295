import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { createMark } from '../../presentation/forms/submission';
import { findSlug } from '../../presentation/format/links';
import { buildBadRequest } from '../../presentation/frame/message-page';
import type { PageAnswer, FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { showPage } from '../../presentation/frame/show-page';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { readOne } from '../../presentation/filter/page-parameters';
import { createSaying } from './saying';
import { readSection, type SectionName } from './sections';
import { runAction } from './settings-actions';
import { createCutList, readListPages } from './settings-lists';
import { buildSection, readOpenForm } from './settings-sections';
import { buildAlerts, buildNavigation, findAlerts } from './settings-view';
import { pageWords, sectionWords } from './words';

const liveSeconds = 5;

/** A section of the settings: first what the pressed button says, then the section as it is after that. */
export async function answerSettings(request: FormRequest, dependencies: RoomsDependencies): Promise<PageAnswer> {
  if (!request.caller.canWrite) {
    return { kind: 'not-found' };
  }
  const asked = readSection(request);
  return isProblem(asked)
    ? buildBadRequest([asked], dependencies.links.page('settings'))
    : answerSection(request, dependencies, asked);
}

function isProblem(asked: SectionName | QueryProblem | null): asked is QueryProblem {
  return typeof asked === 'object' && asked !== null;
}

async function answerSection(
  request: FormRequest,
  dependencies: RoomsDependencies,
  asked: SectionName | null,
): Promise<PageAnswer> {
  const { caller } = request;
  const { links } = dependencies;
  const result = await runAction(request, dependencies);
  const { edit, prefilled } = readLink(request);
  const open = readOpenForm(edit);
  const listPages = readListPages(request.parameters);
  const known = await readKnown(request, dependencies);
  const { isImporting, isConnected } = known.snapshot.progress;
  const alerts = findAlerts({ ...known, isConnected, isKnownAdministrator: caller.isKnownAdministrator === true });
  const section = asked ?? findNeedy(alerts, isImporting);
  const cut = createCutList(section, listPages, links);
  const said = createSaying(result.outcome, request);
  const view = {
    ...buildFrame(section, findSlug(known.snapshot)),
    nav: buildNavigation(section, links),
    alerts: buildAlerts(alerts, section, links),
    section: await buildSection[section]({ ...known, caller, dependencies, result, said, cut, open, prefilled }),
    // What is done on a page of a list is answered with that page, and a browser without scripts goes to the outcome.
    action: `${links.page('settings', { section, ...listPages })}#outcome`,
    close: links.page('settings', { section, ...listPages }),
    // For the forms that make something: each is done once.
    mark: createMark(),
  };
  // An answer that stands beside a form, a form in use, or a token shown once, is not to be swept away.
  const isInUse = result.outcome !== null || result.typed !== null || open !== null;
  const address = links.page('settings', { section, ...listPages, edit, ...buildPrefill(prefilled) });
  return showPage('settings', view, {
    address,
    live: section === 'import' && isImporting && !isInUse ? liveSeconds : null,
  });
}

/** The section that an address without one opens: the one that needs attention, else the first. */
function findNeedy(alerts: ReturnType<typeof findAlerts>, isImporting: boolean): SectionName {
  const wrong = alerts.find(({ tone }) => tone === 'error');
  return isImporting ? 'import' : (wrong?.section ?? 'time-zone');
}

function buildFrame(section: SectionName, workspace: string) {
  return {
    title: pageWords.title,
    lead: pageWords.lead(workspace),
    name: section,
    heading: sectionWords[section],
    partial: `settings-${section}`,
  };
}

/** What every section needs to know; the rest is read with the section that shows it. */
async function readKnown({ caller }: FormRequest, { reporting, importStatus, connections }: RoomsDependencies) {
  const [snapshot, status, connection] = await Promise.all([
    reporting.openWhole(caller.workspace, caller.sight.repositories),
    importStatus.load(caller.workspace, caller.sight.repositories),
    connections.describe(caller.workspace),
  ]);
  return { snapshot, status, connection };
}

/** What a link to this page says: which form to open, and what to fill in. A pressed button speaks of its own form. */
function readLink({ parameters }: FormRequest): { edit: string | null; prefilled: PageParameters } {
  if (readOne(parameters, 'action') !== null) {
    return { edit: null, prefilled: {} };
  }
  const { subject, kind, target } = parameters;
  const prefilled = {
    ...(subject === undefined ? {} : { subject }),
    ...(kind === undefined ? {} : { kind }),
    ...(target === undefined ? {} : { target }),
  };
  return { edit: readOne(parameters, 'edit'), prefilled };
}

function buildPrefill(prefilled: PageParameters): Record<string, string | null> {
  return {
    subject: readOne(prefilled, 'subject'),
    kind: readOne(prefilled, 'kind'),
    target: readOne(prefilled, 'target'),
  };
}
