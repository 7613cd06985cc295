import { aWorkspaceUuid as workspace } from '../../../../test/support/builders';
import { administrator, idOf, repositories } from '../../../../test/support/viewers/canary-world';
import { openViewedWeb, theAdministrator, viewers, type ViewedWeb } from '../../../../test/support/viewers/viewed-web';

const [alpha] = repositories;
if (alpha === undefined) throw new Error('There is no repository.');
const range = 'from=2024-01-01&to=2027-01-01&interval=month';
const list = `/pages/deployments?${range}&repository=${encodeURIComponent(alpha.uuid)}`;

let viewed: ViewedWeb;
let session: string;
beforeEach(async () => {
  viewed = await openViewedWeb();
  session = await viewed.issue(theAdministrator);
});
afterEach(() => viewed.close());

const toText = (html: string) => html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
const unescape = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');

/** The value of the first button of a page that is called so, of the row of a pull request where it matters. */
function findButton(html: string, text: string, of = ''): string {
  const buttons = [...html.matchAll(/name="do" value="([^"]*)">([^<]*)/gu)];
  const found = buttons.find(([, value, name]) => name === text && value?.includes(of) === true);
  if (found?.[1] === undefined) throw new Error(`There is no button ${text}.`);
  return unescape(found[1]);
}

async function press(value: string, fields: Readonly<Record<string, string>> = {}, who = session) {
  const body = new URLSearchParams({ back: list, ...fields, do: value }).toString();
  return viewed.ask(who, '/pages/corrections', {
    method: 'POST',
    type: 'application/x-www-form-urlencoded',
    body,
  });
}

const inForce = async () =>
  (await viewed.web.stores.corrections.list(workspace)).filter(({ undoneAt }) => undoneAt === null);

describe('A row, to an administrator', () => {
  it('leaves its deployment out, says so below it, and takes that back', async () => {
    const before = await inForce();
    const page = await viewed.ask(session, list);
    const button = findButton(page.text, 'Leave out of the metrics', idOf(alpha, 7));
    const done = await press(button);
    expect(done.status).toBe(200);
    expect(toText(done.text)).toContain('#7 is left out of the metrics. Undo');
    expect(toText(done.text)).toMatch(/1 left out|2 left out|3 left out/u);
    const made = (await inForce()).filter(({ id }) => !before.some((one) => one.id === id));
    expect(made).toMatchObject([{ kind: 'leave_out_deployment', subject: idOf(alpha, 7), madeBy: administrator.uuid }]);
    // The same again finds it done; the row says who did it, also later.
    expect(toText((await press(button)).text)).toContain('#7 is left out of the metrics. Undo');
    expect(await inForce()).toHaveLength(before.length + 1);
    expect(toText((await viewed.ask(session, list)).text)).toMatch(
      /Left out by an administrator on 22 Nov 2026\. Undo/u,
    );

    const undone = await press(findButton(done.text, 'Undo', idOf(alpha, 7)));
    expect(toText(undone.text)).toContain('Undone: #7 counts as before.');
    expect(await inForce()).toHaveLength(before.length);
    // What comes again after that, a reload for one, is of before: nothing is left out anew.
    expect(toText((await press(button)).text)).toContain('Somebody changed this meanwhile');
    expect(await inForce()).toHaveLength(before.length);
  });

  it('says that it is no incident, or which deployment caused it', async () => {
    const page = await viewed.ask(session, list);
    const asked = await press(findButton(page.text, 'Caused by another deployment', idOf(alpha, 8)));
    expect(toText(asked.text)).toContain('Which deployment caused the incident?');
    const save = findButton(asked.text, 'Save');
    expect(toText((await press(save, { number: 'x' })).text)).toContain('type the number of a pull request');
    expect(toText((await press(save, { number: '8' })).text)).toContain('an incident is not blamed on its own fix');
    expect(toText((await press(save, { number: '13' })).text)).toContain('#13 is no deployment of this repository');
    const linked = await press(save, { number: '#6' });
    expect(toText(linked.text)).toContain('The incident of #8 is blamed on #6. Undo');
    expect(await inForce()).toContainEqual(
      expect.objectContaining({ kind: 'link_incident', subject: idOf(alpha, 8), target: idOf(alpha, 6) }),
    );
    const gone = await press(findButton(linked.text, 'Not an incident', `${idOf(alpha, 8)} ${idOf(alpha, 8)}`));
    expect(toText(gone.text)).toContain('#8 is no longer part of an incident. Undo');
  });

  it('makes an account a bot, and writes a note on its day, once', async () => {
    const page = await viewed.ask(session, list);
    const bot = findButton(page.text, 'This account is a bot', idOf(alpha, 10));
    const done = await press(bot);
    expect(toText(done.text)).toContain('author-alpha-q is a bot');
    const bots = async () => (await viewed.web.stores.settings.get(workspace)).exclusions.bots;
    expect(await bots()).toContain('author-alpha-q');
    await press(findButton(done.text, 'Undo'));
    expect(await bots()).not.toContain('author-alpha-q');
    await press(bot);

    const note = findButton((await press(findButton(page.text, 'Add a note'))).text, 'Save');
    expect(toText((await press(note, { text: '' })).text)).toContain('a note is one line of 1 to 200 characters');
    const noted = await press(note, { text: 'New <b>stage</b>' });
    expect(toText(noted.text)).toContain('The note for');
    await press(note, { text: 'New <b>stage</b>' });
    const texts = async () => (await viewed.web.stores.notes.list(workspace)).map(({ text }) => text);
    expect((await texts()).filter((text) => text === 'New <b>stage</b>')).toHaveLength(1);
    await press(findButton(noted.text, 'Undo'));
    expect(await texts()).not.toContain('New <b>stage</b>');
  });
});

describe('The page of a day and that of a release, to an administrator', () => {
  const findTitle = (html: string) => /<h1>.*?<\/h1>/su.exec(html)?.[0] ?? '';
  const toRelease = (number: number) =>
    `/pages/release?${range}&repository=${encodeURIComponent(alpha.uuid)}&release=${number}`;

  it('put right what they tell, are there again with what came of it, and take that back', async () => {
    const before = await inForce();
    const listed = await viewed.ask(session, list);
    const [day = ''] = /\/pages\/day\?[^"]*/u.exec(listed.text) ?? [];
    for (const page of [unescape(day), toRelease(7)]) {
      const shown = await viewed.ask(session, page);
      expect(shown.status).toBe(200);
      const [id = ''] = /leave-out-deployment (\S+)/u.exec(unescape(shown.text))?.slice(1) ?? [];
      const title = findTitle(shown.text);
      expect(shown.text).toContain('name="live"');
      const done = await press(findButton(shown.text, 'Leave out of the metrics', id), { back: page });
      expect(toText(done.text)).toMatch(/#\d+ is left out of the metrics\. Undo/u);
      expect(done.text).toContain('data-said');
      expect(done.text).not.toContain('name="live"');
      expect(toText(done.text)).toContain(toText(title).trim().split(' ')[0]);
      expect(await inForce()).toHaveLength(before.length + 1);
      const undone = await press(findButton(done.text, 'Undo', id), { back: page });
      expect(toText(undone.text)).toMatch(/Undone: #\d+ counts as before\./u);
      expect(await inForce()).toHaveLength(before.length);
    }
  });

  it('offer nothing to others who see them', async () => {
    for (const viewer of viewers.filter(({ words }) => words !== null)) {
      const { text } = await viewed.ask(await viewed.issue(viewer), toRelease(7));
      expect(text).not.toContain('row-menu');
      expect(text).not.toContain('row-edits');
    }
  });
});

describe('An open pull request on Work in progress, to an administrator', () => {
  const work = `/pages/work-in-progress?repository=${encodeURIComponent(alpha.uuid)}`;

  it.each([work, `${work}&columns=all`])('is left out, and counts again: %s', async (back) => {
    const before = await inForce();
    const page = await viewed.ask(session, back);
    const count = (html: string) => html.split(idOf(alpha, 16)).length - 1;
    expect(toText(page.text)).toContain('title-alpha-q 16');
    const done = await press(findButton(page.text, 'Leave out of the metrics', idOf(alpha, 16)), { back });
    // Its row is gone: what came of the button stands above the others, with the way back.
    expect(toText(done.text)).toContain('#16 is left out of the metrics. Undo');
    expect(toText(done.text)).not.toContain('title-alpha-q 16');
    expect(await inForce()).toHaveLength(before.length + 1);
    const undone = await press(findButton(done.text, 'Undo', idOf(alpha, 16)), { back });
    expect(toText(undone.text)).toContain('Undone: #16 counts as before.');
    expect(count(undone.text)).toBe(count(page.text));
    expect(await inForce()).toHaveLength(before.length);
  });

  it('goes to those of bots with its author, and comes back', async () => {
    const page = await viewed.ask(session, work);
    const done = await press(findButton(page.text, 'This account is a bot', idOf(alpha, 16)), { back: work });
    expect(toText(done.text)).toMatch(/author-alpha-q is a bot.* Undo/u);
    expect(toText(done.text)).toMatch(/\d opened by bots/u);
    const undone = await press(findButton(done.text, 'Undo', idOf(alpha, 16)), { back: work });
    expect(toText(undone.text)).not.toContain('opened by bots');
  });

  it('is put right by nobody else', async () => {
    for (const viewer of viewers.filter(({ words }) => words !== null)) {
      const { text } = await viewed.ask(await viewed.issue(viewer), '/pages/work-in-progress');
      expect(text).not.toContain('row-menu');
      expect(text).not.toContain('row-edits');
    }
  });
});

describe('Nobody else', () => {
  it('is offered anything in a row, or changes anything', async () => {
    const button = findButton((await viewed.ask(session, list)).text, 'Leave out of the metrics');
    const before = await inForce();
    for (const viewer of viewers.filter(({ words }) => words !== null)) {
      const own = await viewed.issue(viewer);
      const { text } = await viewed.ask(own, `/pages/deployments?${range}`);
      expect(text).not.toContain('row-menu');
      expect((await press(button, {}, own)).status).toBe(403);
    }
    expect(await inForce()).toEqual(before);
  });

  it('does so by the session of one repository, by a link, or by looking', async () => {
    const button = findButton((await viewed.ask(session, list)).text, 'Leave out of the metrics');
    const before = await inForce();
    const bound = await viewed.issue(theAdministrator, { repository: alpha.uuid });
    expect((await viewed.ask(bound, `/pages/deployments?${range}`)).text).not.toContain('row-menu');
    expect((await press(button, {}, bound)).status).toBe(404);
    const query = new URLSearchParams({ back: list, do: button }).toString();
    expect((await viewed.ask(session, `/pages/corrections?${query}`)).status).toBe(404);
    expect((await press('leave-out-everything a b c')).status).toBe(404);
    for (const back of ['https://elsewhere.example/pages/deployments', '/pages/settings', '//x/pages/deployments']) {
      expect((await press(button, { back })).status).toBe(404);
    }
    expect(await inForce()).toEqual(before);
  });

  it('does so who administers no more, or while Bitbucket cannot be asked or never tells', async () => {
    const button = findButton((await viewed.ask(session, list)).text, 'Leave out of the metrics');
    const before = await inForce();
    viewed.web.clock.advance(2 * 60_000);
    viewed.bitbucket.listAdministrators = async () => {
      throw new Error('Bitbucket is silent.');
    };
    const unsure = await press(button);
    expect(toText(unsure.text)).toContain('Nothing was changed: Bitbucket could not be asked');
    viewed.web.clock.advance(60_000);
    viewed.bitbucket.listAdministrators = async () => null;
    expect((await press(button)).status).toBe(403);
    viewed.web.clock.advance(20 * 60_000);
    viewed.bitbucket.listAdministrators = async () => [];
    expect([401, 403]).toContain((await press(button)).status);
    expect(await inForce()).toEqual(before);
  });
});
