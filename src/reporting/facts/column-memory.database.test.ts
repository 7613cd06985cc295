import fc from 'fast-check';
import { aWorkspaceUuid } from '../../../test/support/builders';
import { happenings, saveRepositories, type Happening } from '../../../test/support/facts/changing-workspace';
import { defineColumns, sortById } from '../../../test/support/facts/define-columns';
import { describeColumns } from '../../../test/support/facts/describe-columns';
import { databaseKinds, type TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import type { Stores } from '../../store/stores';
import { ColumnMemory } from './column-memory';
import type { WorkspaceFacts } from './workspace-facts';

/** What becomes of memory and of what is stored between two looks. */
type Mishap = 'none' | 'restart' | 'lost' | 'damaged' | 'month lost' | 'older';

const mishaps = fc.oneof(
  { arbitrary: fc.constant<Mishap>('none'), weight: 5 },
  { arbitrary: fc.constantFrom<Mishap>('restart', 'lost', 'damaged', 'month lost', 'older'), weight: 2 },
);
const steps = fc.array(fc.record({ happened: fc.array(happenings, { minLength: 1, maxLength: 3 }), mishap: mishaps }), {
  minLength: 8,
  maxLength: 14,
});

const failLoudly = (error: unknown): never => {
  throw error;
};

describe.each(databaseKinds)('columns in memory on %s', (kind) => {
  it('say after anything that may happen what the definitions say of all facts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(0, 3, 1_000), async (course, storeAfter) => {
        const stores = await openWorkspaceStores(kind);
        try {
          await saveRepositories(stores);
          await follow(stores, course, storeAfter);
        } finally {
          await stores.close();
        }
      }),
      { numRuns: kind === 'sqlite' ? 8 : 4, seed: 9, endOnFailure: true },
    );
  });
});

async function follow(
  stores: TestStores,
  course: readonly { readonly happened: readonly Happening[]; readonly mishap: Mishap }[],
  storeAfter: number,
): Promise<void> {
  const open = () => new ColumnMemory(stores, { storeAfter, onProblem: failLoudly });
  let memory = open();
  for (const { happened, mishap } of course) {
    if (mishap !== 'none') memory = await suffer(stores, mishap, { memory, open });
    for (const { run } of happened) await run(stores);
    const workspace = await findWorkspace(stores);
    const found = await memory.load(workspace);
    expect(describeFacts(found)).toEqual(await defineColumns(stores, aWorkspaceUuid));
    const uuids = listOrder(found);
    expect(uuids).toEqual(uuids.map((some) => some.toSorted()));
    await memory.settle();
  }
}

/** The repositories of incidents in their order, which is by uuid whichever were found anew last. */
function listOrder({ corrected, getRaw }: WorkspaceFacts): string[][] {
  return [corrected, getRaw()].map(({ incidents, names }) =>
    [...incidents.keys()].map((system) => names.systems[system] ?? ''),
  );
}

async function suffer(
  { database }: TestStores,
  mishap: Mishap,
  { memory, open }: { readonly memory: ColumnMemory; readonly open: () => ColumnMemory },
): Promise<ColumnMemory> {
  await memory.settle();
  if (mishap === 'lost') await database.write('DELETE FROM column_checkpoints', []);
  if (mishap === 'month lost') await database.write("DELETE FROM month_columns WHERE month >= '2026-04'", []);
  if (mishap === 'damaged') await database.write('UPDATE month_columns SET columns = $1', [Buffer.from('no columns')]);
  if (mishap === 'older') await database.write('UPDATE column_checkpoints SET basis = $1', ['{"format":0}']);
  return open();
}

async function findWorkspace({ workspaces }: Stores) {
  const workspace = await workspaces.get(aWorkspaceUuid);
  if (workspace === null) throw new Error('There is a workspace.');
  return workspace;
}

function describeFacts({ corrected, getRaw, effective, repositories, ignored, people }: WorkspaceFacts) {
  const describe = (columns: WorkspaceFacts['corrected']) => {
    const described = describeColumns(columns);
    return { ...described, incidents: sortById(described.incidents) };
  };
  return {
    corrected: describe(corrected),
    raw: describe(getRaw()),
    effective: [...effective].sort(),
    repositories: [...repositories].sort(),
    ignored: [...ignored].sort(),
    people: people.size,
  };
}
