import type { Browser, Page } from 'playwright-core';
import type { World } from '../../simulator/world/model';
import { launchBrowser } from '../support/browser';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { testClock } from '../support/test-clock';
import { findViolationsInBothColours } from '../support/visits/find-violations';
import { createSmallWorld } from '../support/visits/small-world';
import { visit } from '../support/visits/visit';

const minute = 60_000;
const consumer = { key: 'the-key-of-the-consumer', secret: 'the-secret-of-the-consumer' };
/** By how much the clock of Bitbucket and of the product is ahead of the one that tests begin with. */
let aheadMs = 0;
let browser: Browser;
let product: RunningProduct;
let workspace: string;
let member: string;

beforeAll(async () => {
  browser = await launchBrowser();
  const world = createSmallWorld(testClock.now(), 6);
  product = await startProduct({
    world,
    clock: { now: () => testClock.now() + aheadMs },
    environment: { BITBUCKET_OAUTH_KEY: consumer.key, BITBUCKET_OAUTH_SECRET: consumer.secret },
  });
  product.simulator.oauth.register({ ...consumer, callback: `${product.app.url}/sign-in/callback` });
  await product.install();
  await product.untilImported();
  workspace = (await product.stores.workspaces.list())[0]?.uuid ?? '';
  member = findMember(world);
});

afterAll(async () => {
  await browser.close();
  await product.close();
});

/** Somebody who administers nothing and whom nobody has let go. */
function findMember({ workspaces: [acme] }: World): string {
  const others = [...(acme?.people.values() ?? [])].filter(
    ({ uuid, kind, isFormer }) => kind === 'user' && !isFormer && acme?.administratorUuids.includes(uuid) === false,
  );
  return (
    others.find(({ uuid }) => uuid !== acme?.ownerUuid && acme?.access.outsiderUuids.has(uuid) === false)?.uuid ?? ''
  );
}

const pageAddress = (name: string) => `${product.app.url}/pages/${name}?workspace=${encodeURIComponent(workspace)}`;
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

describe('With Bitbucket', () => {
  it('somebody signs in on the way to a page, and comes back to it', async () => {
    product.simulator.oauth.signedIn = member;
    await visit(browser, { colorScheme: 'light' }, async ({ page, context, trouble }) => {
      await page.goto(pageAddress('reviews'));
      await heading(page, 'Sign in to Drumbeat').waitFor();
      expect(await findViolationsInBothColours(page)).toStrictEqual({ light: [], dark: [] });
      await page.getByRole('link', { name: 'Continue with Bitbucket' }).click();
      await heading(page, 'Changes & reviews').waitFor();
      expect(page.url()).toMatch(/\/pages\/reviews\?workspace=/u);
      const [cookie] = (await context.cookies()).filter(({ name }) => name === 'drumbeat');
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
      // Bitbucket's code is in no address that stays.
      await page.goBack();
      expect(page.url()).not.toContain('code=');
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('what somebody may see is asked for again without a word where it is too old', async () => {
    product.simulator.oauth.signedIn = member;
    await visit(browser, {}, async ({ page, trouble }) => {
      await page.goto(pageAddress('reviews'));
      await page.getByRole('link', { name: 'Continue with Bitbucket' }).click();
      await heading(page, 'Changes & reviews').waitFor();
      aheadMs += 61 * minute;
      await page.goto(pageAddress('deployments'));
      await heading(page, 'Deployments').waitFor();
      expect(trouble.asked.filter((address) => address.includes('/site/oauth2/authorize'))).toHaveLength(2);
      aheadMs += 8 * 60 * minute;
      await page.goto(pageAddress('deployments'));
      await heading(page, 'Sign in to Drumbeat').waitFor();
      expect(trouble).toMatchObject({ said: [], failed: [] });
    });
  });

  it('somebody who says no there is told so, and may begin again', async () => {
    product.simulator.oauth.signedIn = null;
    await visit(browser, {}, async ({ page }) => {
      await page.goto(`${product.app.url}/sign-in`);
      await page.getByRole('link', { name: 'Continue with Bitbucket' }).click();
      await page.getByRole('link', { name: 'Deny' }).click();
      await heading(page, 'Bitbucket was not allowed to tell who you are').waitFor();
      expect(page.url()).toBe(`${product.app.url}/sign-in`);
      await page.getByRole('link', { name: 'Sign in again' }).click();
      await heading(page, 'Sign in to Drumbeat').waitFor();
    });
  });
});
