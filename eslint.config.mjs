import js from '@eslint/js';
import globals from 'globals';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';
import { lookUpRule } from './scripts/look-up-rule.mjs';

/** Which rooms a room may not import: their direction (ARCHITECTURE.md). */
const closedDoors = {
  domain: ['bitbucket', 'doors', 'store', 'administration', 'ingestion', 'reporting', 'web'],
  bitbucket: ['doors', 'store', 'administration', 'ingestion', 'reporting', 'web'],
  store: ['bitbucket', 'doors', 'administration', 'ingestion', 'reporting', 'web'],
  doors: ['administration', 'ingestion', 'reporting', 'web'],
  administration: ['bitbucket', 'doors', 'ingestion', 'reporting', 'web'],
  ingestion: ['doors', 'administration', 'reporting', 'web'],
  reporting: ['bitbucket', 'doors', 'administration', 'ingestion', 'web'],
  web: ['bitbucket', 'store', 'doors/*/**'],
  'command-line': ['bitbucket', 'store', 'administration', 'reporting', 'web'],
};
const rooms = Object.keys(closedDoors);
const backstage = ['./simulator', './test'];

const zones = [
  ...rooms.flatMap((room) =>
    [...closedDoors[room].map((other) => `./src/${other}`), ...backstage].map((other) => ({
      target: `./src/${room}/**/!(*.test|*.conformance).ts`,
      from: other,
      message: `${room} may not know ${other}.`,
    })),
  ),
  ...[
    { from: './src/bitbucket', except: ['./client'], message: 'doors knows the client of bitbucket alone.' },
    {
      from: './src/store',
      except: ['./connections', './viewers', './database/transaction.ts'],
      message: 'doors knows the stores of connections and viewers alone, and hands transactions on.',
    },
  ].map((zone) => ({ target: './src/doors/**/!(*.test|*.conformance).ts', ...zone })),
  {
    target: './src/doors/!(*.test|*.conformance).ts',
    from: './src/doors/*/**',
    message: 'What doors have in common knows none of them.',
  },
  ...rooms.map((room) => ({
    target: `./src/${room}/**/!(*.test|*.conformance).ts`,
    from: './src/machine/clock.ts',
    message: `${room} is handed its clock.`,
  })),
  ...['compose.ts', 'main.ts', 'serve.ts', 'drumbeat.ts', 'open-core.ts', 'open-operations.ts'].map((file) => ({
    target: `./src/*/**/!(*.test|*.conformance).ts`,
    from: `./src/${file}`,
    message: `Nobody imports ${file}.`,
  })),
  { target: './test/support/naive', from: './src', message: 'The second calculation knows nothing of the first.' },
];

const onlyClock = 'Only src/machine/clock.ts asks the machine for time and chance; everybody else is handed a clock.';

/** A later block of rules of the same name puts the earlier ones out of force, so each block begins with these. */
const forbiddenSyntax = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: onlyClock },
  { selector: "CallExpression[callee.name='Date']", message: onlyClock },
  {
    selector: "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(local|utc)$/][arguments.length=0]",
    message: onlyClock,
  },
  {
    selector:
      "CallExpression[callee.object.name='jwt'][callee.property.name='verify']" +
      ':not(:has(Property[key.name=/^(clockTimestamp|ignoreExpiration)$/]))',
    message: 'Give the time as clockTimestamp: the library takes it from the machine.',
  },
  {
    // A parameter of a constructor may be a member as well; the language has no `#` for that.
    selector: ":matches(PropertyDefinition, MethodDefinition)[accessibility='private']",
    message: 'Write #name: the language keeps it private, not the compiler alone.',
  },
];
const clockProperties = [
  { object: 'Date', property: 'now', message: onlyClock },
  { object: 'DateTime', property: 'now', message: onlyClock },
  { object: 'Math', property: 'random', message: onlyClock },
  { object: 'performance', property: 'timeOrigin', message: onlyClock },
];

/** The writing half of the store of facts. */
const onlyRecorder = 'Facts are written by one path: call the recorder in src/ingestion/record.';
const factSyntax = [
  {
    selector:
      'CallExpression[callee.property.name=' +
      '/^(saveSnapshots|saveActivities|markUnshown|saveCommits|saveMergeTimes|recordMerges|noteDefaultBranch|fillTeams|saveSize|forgetSizes)$/]',
    message: onlyRecorder,
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(saveAll|markGone)$/]' +
      ':matches([callee.object.property.name=/^(commits|pushes|repositories)$/], [callee.object.name=/^(commits|pushes|repositories)$/])',
    message: onlyRecorder,
  },
];

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'public/built', 'data', 'coverage', '.parts'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,js,mjs}'],
    ignores: ['src/machine/clock.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clockProperties],
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      curly: ['error', 'multi-line', 'consistent'],
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 3],
      complexity: ['error', 8],
      'no-console': 'error',
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.conformance.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.{1,2}/)', message: 'domain imports no package.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        ...forbiddenSyntax,
        { selector: "NewExpression[callee.name='Date']", message: 'domain knows no clock.' },
      ],
    },
  },
  {
    files: ['src/!(domain|store)/**/*.ts', 'src/*.ts'],
    ignores: ['**/*.test.ts', '**/*.conformance.ts', 'src/ingestion/record/**', 'src/machine/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...forbiddenSyntax, ...factSyntax] },
  },
  {
    // The rooms that names from outside get to first.
    files: ['src/{web,command-line,reporting,administration,doors,bitbucket}/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.conformance.ts'],
    plugins: { drumbeat: { rules: { 'look-up': lookUpRule } } },
    rules: { 'drumbeat/look-up': 'error' },
  },
  {
    files: ['{src/!(doors),simulator,test}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: 'atlassian-connect-express', message: 'Only doors/connect knows it.' }] },
      ],
    },
  },
  {
    files: ['src/{web,ingestion,reporting,bitbucket}/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.conformance.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'sequelize', message: 'Only the store knows the database.' },
            { name: 'atlassian-connect-express', message: 'Only doors/connect knows it.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.conformance.ts', 'test/support/**/*.ts'],
    ...jest.configs['flat/recommended'],
  },
  {
    files: ['**/*.test.ts', '**/*.conformance.ts'],
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', '**.expect', 'fc.assert'] }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': [
        'error',
        ...forbiddenSyntax,
        {
          selector: "CallExpression[callee.object.name='jest'][callee.property.name='mock']",
          message: 'Fakes and builders, never mocks of our own modules.',
        },
      ],
    },
  },
  {
    files: ['*.config.ts', 'scripts/**/*.ts', 'benchmarks/**/*.ts', 'torture/**/*.ts', 'simulator/demo*.ts'],
    rules: { 'import-x/no-default-export': 'off', 'no-console': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  {
    files: ['public/js/**/*.js'],
    languageOptions: { globals: globals.browser, sourceType: 'module' },
    rules: { 'max-lines': ['error', { max: 250 }], complexity: ['error', 8] },
  },
);
