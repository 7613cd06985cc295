import { createMark } from '../../presentation/forms/submission';
import { findSlug } from '../getting-started/getting-started-page';
import type { PageAnswer, FormRequest, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { showPage } from '../../presentation/frame/show-page';
import type { PageParameters } from '../../presentation/filter/page-filter';
import { readOne } from '../../presentation/filter/page-parameters';
import { runAction } from './settings-actions';
import { buildSections, readOpenForm } from './settings-sections';
import { pageLists, readListPages } from './settings-lists';
import { buildSettingsHead } from './settings-view';
import { readStandings } from './tokens/token-makers';

const liveSeconds = 5;

/** The settings of a workspace: first what the pressed button says, then the page as it is after that. */
export async function answerSettings(request: FormRequest, dependencies: RoomsDependencies): Promise<PageAnswer> {
  const { caller } = request;
  if (!caller.canWrite) {
    return { kind: 'not-found' };
  }
  const { importStatus, givenUpWork, reporting, administration, ownWindow, connections, links, importDays } =
    dependencies;
  const result = await runAction(request, dependencies);
  const { edit, prefilled } = readLink(request);
  const open = readOpenForm(edit);
  const listPages = readListPages(request.parameters);
  const [snapshot, status, givenUp, tokens, signInLinks, connection] = await Promise.all([
    reporting.openWhole(caller.workspace, caller.sight.repositories),
    importStatus.load(caller.workspace, caller.sight.repositories),
    givenUpWork.list(caller.workspace, caller.sight.repositories),
    administration.listTokens(caller.workspace),
    ownWindow.listLinks(caller.workspace),
    connections.describe(caller.workspace),
  ]);
  const { isImporting, isConnected } = snapshot.progress;
  const standings = await readStandings(tokens, caller.workspace, dependencies);
  const view = {
    ...(await buildSections({
      ...{ links, snapshot, status, givenUp, tokens, standings, signInLinks, connection, result, open, prefilled },
    })),
    ...buildSettingsHead({
      ...{ workspace: findSlug(snapshot), importDays, isImporting, isConnected },
      isKnownAdministrator: caller.isKnownAdministrator === true,
      isPrefilled: prefilled['subject'] !== undefined,
    }),
    // What is done on a page of a list is answered with that page.
    action: links.page('settings', listPages),
    // For the forms that make something: each is done once.
    mark: createMark(),
    outcome: result.outcome,
  };
  // An answer that stands beside a form, a form in use, or a token shown once, is not to be swept away.
  const isInUse = result.outcome !== null || result.typed !== null || open !== null;
  const address = links.page('settings', { ...listPages, edit, ...buildPrefill(prefilled) });
  return showPage('settings', pageLists(view, listPages, links), {
    address,
    live: isImporting && !isInUse ? liveSeconds : null,
  });
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
