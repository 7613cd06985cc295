import { AnswerForms, type Forms } from './answer-forms';

const base = 'http://127.0.0.1:1';
const path = '/2.0/repositories/acme/shop/pullrequests';
const uuid = '{0f1e2d3c-4b5a-4968-8776-5544332211aa}';

/** An answer to a request under some forms, with the address that the rest of the simulator was asked. */
function ask(chosen: Partial<Forms>, url: string, body: unknown = {}) {
  const forms = new AnswerForms();
  forms.chosen = chosen;
  const asked: string[] = [];
  const answer = (of: string): { status: number; body: unknown } =>
    forms.answer({ method: 'GET', url: of, form: new URLSearchParams() }, (request) => {
      asked.push(request.url);
      return { reply: { status: 200, body }, delayMs: 0, isHanging: false };
    }).reply;
  return { ...answer(url), asked, answer };
}

it('Without a choice an answer is given as it is', () => {
  const body = { values: [], page: 1 };
  expect(ask({}, path, body).body).toBe(body);
});

it('Requests lose the fields and the order that nobody heeds', () => {
  expect(ask({ fields: 'ignored' }, `${path}?fields=next`).asked).toEqual([path]);
  expect(ask({ isSortIgnored: true }, `${path}?sort=-updated_on`).asked).toEqual([`${path}?sort=id`]);
});

it('Pages that are too long and branches by name are refused', () => {
  expect(ask({ largestPages: [[/pullrequests$/u, 20]] }, `${path}?pagelen=21`)).toMatchObject({
    status: 400,
    asked: [],
  });
  expect(ask({ largestPages: [[/pullrequests$/u, 20]] }, `${path}?pagelen=20`)).toMatchObject({ status: 200 });
  const commits = '/2.0/repositories/acme/shop/commits?include=';
  expect(ask({ commitsBy: 'hashes' }, `${commits}main`)).toMatchObject({ status: 404, asked: [] });
  expect(ask({ commitsBy: 'hashes' }, `${commits}0317dbfca7ea`)).toMatchObject({ status: 200 });
});

it.each(['page', 'ctx'] as const)(
  'A link to the next page holds one word under the name %s, which stands for the whole',
  (next) => {
    const whole = `${path}?state=MERGED&page=2`;
    const { body, answer, asked } = ask({ next }, path, { values: [], next: base + whole });
    const link = (body as { next: string }).next;
    expect(link).toMatch(new RegExp(`^${base}${path}\\?${next}=8x\\w+hd$`, 'u'));
    answer(link.slice(base.length));
    expect(asked.at(-1)).toBe(whole);
  },
);

it('A page is bare, and its end an empty link', () => {
  expect(ask({ isBare: true, hasEmptyNext: true }, path, { values: [1], size: 1, page: 1, pagelen: 10 }).body).toEqual({
    ...{ values: [1], next: '' },
  });
});

it('Words, UUIDs and times are written in the chosen form', () => {
  const right = { changes_requested: { date: '2026-11-02T09:00:00.123456+00:00', uuid } };
  expect(ask({ changesMember: 'changes_request', isUuidUpperCase: true }, path, right).body).toEqual({
    changes_request: { date: '2026-11-02T09:00:00.123456+00:00', uuid: uuid.toUpperCase() },
  });
  const times = Array.from({ length: 9 }, () => '2026-11-02T09:00:00.123456+00:00');
  const written = ask({ times: 'all' }, path, { times }).body as { times: string[] };
  expect(new Set(written.times).size).toBe(9);
  expect(written.times).toEqual(expect.arrayContaining(['2026-11-02T09:00:00.123', '2026-11-02T09:00:00.123456999Z']));
});

it('A merged pull request has a wrong time of its end, and none links to its diffstat', () => {
  const right = { state: 'MERGED', updated_on: '2026-11-02', links: { diffstat: { href: 'x' } } };
  expect(ask({ hasClosedOn: true, isDiffstatLinked: false }, path, right).body).toEqual({
    ...{ state: 'MERGED', updated_on: '2026-11-02', links: {} },
    closed_on: '2020-02-02T02:02:02+00:00',
  });
});
