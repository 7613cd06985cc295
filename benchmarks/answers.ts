import { computeByBruteForce, createFilter } from './limit/brute-force';
import { buildColumns } from './limit/columns';
import { buildDayRuns, computeByDayRuns } from './limit/day-runs';
import { askLast, findDifference, toQuery, type AccelerateAnswer, type Figured, type Question } from './limit/question';
import { referenceDays, type ReferenceWorkspace } from './reference/shape';
import { openDatabase } from '../src/store/open-database';
import { imports } from '../src/store/schema/repositories';
import { createApi, get } from './support/callers';
import { startMeasured, type MeasuredProduct } from './support/measured-product';
import { openReference, type ReferenceDatabase } from './support/open-reference';
import { formatMs, median, report, type Row } from './support/report';
import { readOptions, runProgram } from './support/run-program';

/*
 * How much longer than the limit takes an answer of the API, warm: of three years and of 90 days, of a team, of a
 * repository, and of a combination for which nothing can be kept in order beforehand. What every answer costs, HTTP and
 * authentication, is measured apart, and taken off.
 */

/** Three statements more, whatever the size of the workspace. */
const goalWhileImporting = 1.5;

interface Asked {
  readonly name: string;
  readonly question: Question;
  readonly limit: () => Figured;
  readonly goal: number;
}

function listQuestions(workspace: ReferenceWorkspace): Asked[] {
  const columns = buildColumns(workspace);
  const teams = ['team-01'];
  const systems = ['service-001'];
  const createLimit = (filter: Partial<Question>) => {
    const passes = createFilter(columns, workspace, { systems: [], teams: [], ...filter });
    const runs = buildDayRuns(columns, passes);
    return (question: Question) => (): Figured => computeByDayRuns(runs, question);
  };
  const [all, ofTeam, ofSystem] = [createLimit({}), createLimit({ teams }), createLimit({ systems })];
  const ask = (days: number, filter: Partial<Question> = {}): Question => askLast(workspace, days, filter);
  const mixed = ask(referenceDays, {
    systems: ['service-001', 'service-004', 'service-009'],
    teams: ['team-01', 'team-12'],
  });
  const whole = ask(referenceDays);
  const recent = ask(90);
  const team = ask(referenceDays, { teams });
  const system = ask(referenceDays, { systems });
  return [
    { name: '3 years', question: whole, limit: all(whole), goal: 3 },
    { name: '90 days', question: recent, limit: all(recent), goal: 3 },
    { name: '3 years, a team', question: team, limit: ofTeam(team), goal: 5 },
    { name: '3 years, a repository', question: system, limit: ofSystem(system), goal: 5 },
    {
      ...{ name: '3 years, three repositories and two teams', question: mixed, goal: 2 },
      limit: () => computeByBruteForce(columns, workspace, mixed),
    },
  ];
}

interface Timed {
  readonly wall: number;
  readonly cpu: number;
}

/** Of one answer, once all that can be kept is, and the code compiled, as it is of the limit. */
async function timeAnswer(product: MeasuredProduct, ask: () => Promise<unknown>): Promise<Timed> {
  const first = await product.measure(ask);
  const times = Math.max(3, Math.min(100, Math.floor(3_000 / first.wall)));
  for (let turn = 0; turn < times; turn += 1) await ask();
  const walls: number[] = [];
  const { cpu } = await product.measure(async () => {
    for (let turn = 0; turn < times; turn += 1) {
      const begun = performance.now();
      await ask();
      walls.push(performance.now() - begun);
    }
  });
  return { wall: median(walls), cpu: cpu / times };
}

/** Milliseconds of CPU: other processes do not count. */
function timeLimit(compute: () => unknown): number {
  const turns = 20;
  const repeat = (): void => {
    for (let turn = 0; turn < turns; turn += 1) compute();
  };
  // Once before: the code is compiled by then.
  repeat();
  const before = process.cpuUsage();
  repeat();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / turns;
}

async function compareAnswers(product: MeasuredProduct, workspace: ReferenceWorkspace): Promise<void> {
  const api = createApi(product.url, workspace);
  for (const { name, question, limit } of listQuestions(workspace)) {
    const answer = await api.askJson<AccelerateAnswer>(`/metrics/accelerate?${toQuery(question)}`);
    const difference = findDifference(answer, limit());
    if (difference !== null) throw new Error(`${name} is answered wrongly of ${workspace.slug}: ${difference}`);
  }
}

/** As if the history of one of its repositories were being read. */
async function beginImport({ url, workspace }: ReferenceDatabase): Promise<void> {
  const database = await openDatabase({ url, poolSize: 1 });
  const [{ uuid: repositoryUuid } = { uuid: '' }] = workspace.repositories;
  await database.update(imports, { where: { workspace: workspace.uuid, repositoryUuid }, set: { phase: 'activity' } });
  await database.close();
}

async function measureAnswers(): Promise<void> {
  const options = readOptions(100_000);
  const data = await openReference(options);
  const product = await startMeasured({ environment: { ...data.environment, ROLE: 'web' } });
  // Each has its own facts in memory by then, and what is asked of one is not answered from another's.
  for (const workspace of data.workspaces) await compareAnswers(product, workspace);
  const api = createApi(product.url, data.workspace);
  const live = await timeAnswer(product, () => get(`${product.url}/livez`));
  const floor = await timeAnswer(product, () => api.ask('/teams'));
  const rows: Row[] = [
    toFloorRow('/livez', live),
    { ...toFloorRow('floor: the teams by the API', floor), ratio: floor.cpu / live.cpu },
  ];
  for (const { name, question, limit, goal } of listQuestions(data.workspace)) {
    const limitMs = timeLimit(limit);
    const timed = await timeAnswer(product, () => api.ask(`/metrics/accelerate?${toQuery(question)}`));
    const figures = {
      limit: formatMs(limitMs),
      'product, CPU': formatMs(timed.cpu),
      'product, wall': formatMs(timed.wall),
    };
    rows.push({ question: name, figures, goal, ratio: Math.max(0, timed.cpu - floor.cpu) / limitMs });
  }
  await beginImport(data);
  const during = await timeAnswer(product, () => api.ask('/teams'));
  rows.push({
    ...toFloorRow('floor while a history is imported, to the floor', during),
    ...{ goal: goalWhileImporting, ratio: during.cpu / floor.cpu },
  });
  await product.stop();
  report(`answers of ${data.workspaces.length} × ${data.merges} merges, ${options.database}`, rows);
}

function toFloorRow(question: string, { cpu, wall }: Timed): Row {
  return {
    question,
    figures: { limit: '', 'product, CPU': formatMs(cpu), 'product, wall': formatMs(wall) },
    goal: null,
    ratio: null,
  };
}

runProgram(measureAnswers);
