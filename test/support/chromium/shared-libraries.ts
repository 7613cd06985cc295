import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { withOwnLibraries, type ChromiumProgram } from './packaged-chromium';

const run = promisify(execFile);

/** The Debian packages of what Chromium is linked with. */
export const debianPackages = ['libnss3', 'libnspr4', 'libexpat1', 'libgcc-s1'] as const;

/** What a machine can tell and do; replaced where a poorer machine than this one is tried. */
export interface Machine {
  /** What the dynamic linker says of a program. */
  listLibraries(program: ChromiumProgram): Promise<string>;
  /** Whether Debian packages can be installed here: by root, with apt-get. */
  canInstall(): boolean;
  install(packages: readonly string[]): Promise<void>;
  say(line: string): void;
}

/**
 * Makes sure that every shared library of a Chromium is there: the machine's own; else those of the npm package; else,
 * for root on Debian, those that apt-get installs.
 * @throws {Error} with a sentence that says what to install.
 */
export async function completeLibraries(
  program: ChromiumProgram,
  machine: Machine = thisMachine,
): Promise<ChromiumProgram> {
  for (const candidate of [program, withOwnLibraries(program)]) {
    if ((await findMissing(candidate, machine)).length === 0) return candidate;
  }
  const missing = await findMissing(program, machine);
  if (machine.canInstall()) {
    machine.say(`Chromium lacks ${missing.join(', ')}: installing ${debianPackages.join(' ')} with apt-get, once.`);
    await machine.install(debianPackages);
    if ((await findMissing(program, machine)).length === 0) return program;
  }
  throw new Error(
    `Chromium cannot start: this machine lacks ${missing.join(', ')}. On Debian and Ubuntu, install them with ` +
      `"apt-get install ${debianPackages.join(' ')}", or name another Chromium in CHROMIUM_PATH.`,
  );
}

async function findMissing(program: ChromiumProgram, machine: Machine): Promise<string[]> {
  const listed = await machine.listLibraries(program);
  return [...listed.matchAll(/^\s*(\S+) => not found$/gmu)].map((match) => match[1] ?? '');
}

const thisMachine: Machine = {
  async listLibraries({ executablePath, environment }) {
    const env = { ...process.env, ...environment };
    try {
      return (await run('ldd', [executablePath], { env })).stdout;
    } catch {
      // Without a linker that can be asked, only starting it can tell.
      return '';
    }
  },
  canInstall: () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'),
  async install(packages) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  },
  say: (line) => process.stderr.write(`${line}\n`),
};
