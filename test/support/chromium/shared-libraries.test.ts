import { completeLibraries, debianPackages, type Machine } from './shared-libraries';

const program = { executablePath: '/somewhere/chromium', environment: { LANG: 'C' } };
const complete = '\tlibnss3.so => /lib/libnss3.so (0x0)\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n';
const poor = '\tlibnss3.so => not found\n\tlibexpat.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n';

interface Poverty {
  /** Answers of the linker, in order; the last one holds from then on. */
  readonly linker: readonly string[];
  readonly isRoot?: boolean;
}

function createMachine({ linker, isRoot = false }: Poverty) {
  const answers = [...linker];
  const installed: string[] = [];
  const said: string[] = [];
  const machine: Machine = {
    listLibraries: () => Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? ''),
    canInstall: () => isRoot,
    install: (packages) => {
      installed.push(...packages);
      return Promise.resolve();
    },
    say: (line) => said.push(line),
  };
  return { machine, installed, said };
}

describe('The shared libraries of Chromium', () => {
  it('are those of the machine where it has them all', async () => {
    const { machine, installed } = createMachine({ linker: [complete] });
    expect(await completeLibraries(program, machine)).toStrictEqual(program);
    expect(installed).toStrictEqual([]);
  });

  it('are those of the npm package where the machine lacks one', async () => {
    const { machine, installed } = createMachine({ linker: [poor, complete], isRoot: true });
    const { environment } = await completeLibraries(program, machine);
    expect(environment).toStrictEqual({ LANG: 'C', LD_LIBRARY_PATH: '/somewhere/al2023/lib' });
    expect(installed).toStrictEqual([]);
  });

  it('are installed by root on Debian where neither helps, and that is said', async () => {
    const { machine, installed, said } = createMachine({ linker: [poor, poor, poor, complete], isRoot: true });
    expect(await completeLibraries(program, machine)).toStrictEqual(program);
    expect(installed).toStrictEqual([...debianPackages]);
    expect(said.join()).toContain('libnss3.so, libexpat.so.1');
  });

  it.each([[false], [true]])('fail with what to install where nothing helps (root: %s)', async (isRoot) => {
    const { machine } = createMachine({ linker: [poor], isRoot });
    await expect(completeLibraries(program, machine)).rejects.toThrow(
      /lacks libnss3\.so, libexpat\.so\.1\. .*apt-get install libnss3 libnspr4 libexpat1/u,
    );
  });
});
