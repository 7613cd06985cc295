import { askPage, buildPagesDependencies } from '../../../../test/support/pages/ask-page';
import { readPage } from '../../../../test/support/pages/read-page';
import { sampleSystem } from '../../../../test/support/pages/sample-overview';
import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { buildReviewsReport } from '../../../../test/support/pages/sample-reviews';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { answerWorkspace } from '../../pages/overview/overview-page';
import { answerReviews } from '../../pages/reviews/reviews-page';
import type { AnswerPage } from '../frame/page-dependencies';

const systems = Array.from({ length: 60 }, (_, index) => ({
  ...sampleSystem,
  uuid: `{00000000-0000-4000-8000-0000000${String(index).padStart(5, '0')}}`,
  name: `Repository ${String(index).padStart(2, '0')}`,
}));
const many: Partial<WholeSnapshot> = {
  systems,
  computeAcceleratePerSystem: () => systems.map((system) => ({ system, report: buildAccelerateReport() })),
  rankSystemsByReviews: () => systems.map((system) => ({ system, value: 1 })),
  computeReviewsPerSystem: ({ systems: chosen }) =>
    systems.filter(({ uuid }) => chosen.includes(uuid)).map((system) => ({ system, report: buildReviewsReport() })),
};

async function show(answer: AnswerPage, query: string): Promise<string> {
  const answered = await askPage(answer, query, buildPagesDependencies(many));
  if (answered.kind !== 'page') {
    throw new Error(`This is ${answered.kind}.`);
  }
  return readPage(answered.template, answered.view);
}

const tableStarts = ['Over time', 'The medians of each repository'];

/** Those of the table: the filter names all of them. */
const listNames = (page: string) =>
  [...page.slice(Math.max(...tableStarts.map((text) => page.indexOf(text)))).matchAll(/Repository (\d\d)/gu)].map(
    ([, number]) => Number(number),
  );

describe.each([
  ['the overview', answerWorkspace],
  ['Changes & Reviews', answerReviews],
])('the repositories on %s', (_name, answer) => {
  it('are shown 25 at a time, and the page says of how many', async () => {
    const page = await show(answer, 'sort=name');
    expect(page).toContain('25 of 60 repositories');
    expect(page).toContain('1 to 25 of 60 Next repositories');
    expect(listNames(page)).toEqual(Array.from({ length: 25 }, (_, index) => index));
  });

  it('can be paged through to the last one, in the order asked for', async () => {
    const page = await show(answer, 'sort=-name&repositories_page=3');
    expect(page).toContain('10 of 60 repositories');
    expect(page).toContain('Repositories before 51 to 60 of 60');
    expect(listNames(page)).toEqual(Array.from({ length: 10 }, (_, index) => 9 - index));
    expect(listNames(await show(answer, 'sort=-name&repositories_page=9'))).toEqual(listNames(page));
  });

  it.each([
    ['repositories_page=0', 'repositories_page'],
    ['repositories_page=two', 'repositories_page'],
    ['tables=yes', 'tables'],
  ])('are not shown for %s, and the reason names it', async (query, name) => {
    const answered = await askPage(answer, query, buildPagesDependencies(many));
    expect(answered).toMatchObject({ kind: 'page', status: 400 });
    expect(JSON.stringify(answered)).toContain(name);
  });

  it('keep their page in the address; another order and another filter begin at the first', async () => {
    const answered = await askPage(answer, 'repositories_page=2&tables=1', buildPagesDependencies(many));
    const { address, view } = answered as unknown as { address: string; view: View };
    expect(address).toContain('repositories_page=2&tables=1');
    const { filter, systems: table } = view;
    expect(filter.action).toMatch(/\?tables=1$/u);
    expect(table.heads.filter(({ href }) => href.includes('repositories_page'))).toEqual([]);
  });
});

interface View {
  readonly filter: { readonly action: string };
  readonly systems: { readonly heads: readonly { readonly href: string }[] };
}
