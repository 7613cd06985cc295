import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';
import { unpackChromium, type ChromiumProgram } from './chromium/packaged-chromium';
import { completeLibraries } from './chromium/shared-libraries';

/**
 * A headless Chromium: the one at CHROMIUM_PATH, else the system's, else the one that comes as a package.
 * The caller closes it. Load nothing from outside in it.
 * @throws {Error} with a sentence that says what the machine lacks.
 */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, environment } = await findChromium();
  const env = { ...process.env, ...environment };
  return playwright.launch({ executablePath, env, args: ['--no-sandbox'], headless: true });
}

async function findChromium(): Promise<ChromiumProgram> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    return { executablePath: named, environment: {} };
  }
  const installed = '/usr/bin/chromium';
  return existsSync(installed)
    ? { executablePath: installed, environment: {} }
    : completeLibraries(await unpackChromium());
}
