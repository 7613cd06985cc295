import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';

/**
 * A headless Chromium: the one at CHROMIUM_PATH, else the system's, else the one that comes as a package.
 * The caller closes it. Load nothing from outside in it.
 */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await findExecutable(), args: ['--no-sandbox'], headless: true });
}

async function findExecutable(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    return named;
  }
  const installed = '/usr/bin/chromium';
  return existsSync(installed) ? installed : unpackChromium();
}

/** The package is an ES module: the test runner cannot import it, plain Node unpacks it in a process of its own. */
async function unpackChromium(): Promise<string> {
  const { execFile } = await import('node:child_process');
  const script =
    "import('@sparticuz/chromium').then((m) => m.default.executablePath()).then((p) => process.stdout.write(p))";
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', script], (error, output) => {
      if (error === null) resolve(output.trim());
      else reject(new Error('No Chromium could be unpacked.', { cause: error }));
    });
  });
}
