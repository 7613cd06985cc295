import { createChance } from '../../../../simulator/world/random';
import { askPage, buildPagesDependencies } from '../../../../test/support/pages/ask-page';
import { buildListedRow, buildSampleList } from '../../../../test/support/pages/sample-lists';
import { buildMergedItem } from '../../../../test/support/pages/sample-reviews';
import type { MergedPullRequestItem } from '../../../reporting/answers/pull-requests';
import type { ListedRow } from '../../../reporting/rows/row-list';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import { answerPullRequests } from './rows-page';

const chance = createChance(20_261_129);
const pieces = ['<script>', '"', "'", '>', '{{x}}', '{{{', '</td>', '&lt;', '\u202e', '🥁', '\u0000', 'é', '`', '<!--'];
const drawText = () =>
  Array.from({ length: chance.between(0, 12) }, () => chance.pick([...pieces, 'onload=', ' '])).join('');
const texts = Array.from({ length: 500 }, drawText);
/** Each title, branch and name another one: four times as many as rows. */
const draw = (id: number) => `${texts[id - 1] ?? ''}${drawText()}`;

/** What is markup of a page: the same, whatever is written in it. */
const listTags = (html: string) => [...html.matchAll(/<\/?[a-z!][\w-]*/gu)].map(([tag]) => tag);

test('A list of 2,000 hostile titles, branches and names is the same markup as one of plain ones', async () => {
  const render = async (page: number, toText: (id: number) => string) => {
    const dependencies = buildPagesDependencies({
      openMergedList: () =>
        buildSampleList<MergedPullRequestItem, ListedRow<MergedPullRequestItem>>(
          texts.map((_, id) => buildMergedItem(id + 1)),
          (item) => ({
            ...buildListedRow(item, `{r}/pullrequests/${item.id}`, `x${toText(item.id)}`),
            ...{ branch: toText(item.id), author: { uuid: '{a}', displayName: `x${toText(item.id)}`, isBot: false } },
            item: { ...item, destination: toText(item.id) },
          }),
        ),
    });
    const answered = await askPage(answerPullRequests, `page=${page}`, dependencies);
    if (answered.kind !== 'page') throw new Error(answered.kind);
    return pageRenderer.renderFragment(answered.template, answered.view);
  };
  const toTable = (html: string) => /<table.*<\/table>/su.exec(html)?.[0] ?? '';
  const plain = listTags(toTable(await render(1, () => 'y')));
  expect(plain.length).toBeGreaterThan(50);
  for (let page = 1; page <= texts.length / 50; page += 1) {
    const html = await render(page, draw);
    expect(html).not.toContain('<script>');
    expect(listTags(toTable(html))).toEqual(plain);
  }
});
