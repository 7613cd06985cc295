import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { readPage } from '../../../../test/support/pages/read-page';
import { createLinks } from '../../routing/paths';
import { buildRepositoryPanelView } from './repository-panel-view';

const links = createLinks('https://drumbeat.example', '1');
const about = { uuid: '{r}', isImporting: false };

it('The panel of a repository says its levels, and where there is too little for one', async () => {
  const report = buildAccelerateReport();
  const few = { ...report.time_to_recover, n: 4, level: null };
  const page = await readPage(
    'repository-panel',
    buildRepositoryPanelView({ ...report, time_to_recover: few }, about, links),
  );
  expect(page).toContain('Lead time 26 h High');
  expect(page).toContain('Time to recover 1.5 h Too few to tell');
});
