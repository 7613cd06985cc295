import { createSettingsHarness } from '../../../../test/support/pages/settings-harness';
import { isOvertaken, formatSeen } from './edit';
import { buildLines } from './field-view';
import { buildPeopleChoice } from './people-choice';
import { createMark, doOnce } from './submission';
import { nobodySeesAll } from '../../../../test/support/web/nobody-named';

describe('The mark of what was seen', () => {
  it('is the same for the same value, and another for another', () => {
    expect(formatSeen({ a: [1, 'x'] })).toBe(formatSeen({ a: [1, 'x'] }));
    expect(formatSeen({ a: [1, 'y'] })).not.toBe(formatSeen({ a: [1, 'x'] }));
    expect(isOvertaken({ seen: [formatSeen('x')] }, 'x')).toBe(false);
    expect(isOvertaken({ seen: [formatSeen('x')] }, 'y')).toBe(true);
    expect(isOvertaken({}, 'x')).toBe(true);
  });
});

describe('The once-only mark', () => {
  const caller = { workspace: '{w}', repositoryUuid: null, ...nobodySeesAll, canWrite: true, session: 'S' };
  type Parameters = Record<string, readonly string[]>;
  const send = (
    harness: ReturnType<typeof createSettingsHarness>,
    parameters: Parameters,
    work: () => Promise<string>,
  ) => doOnce({ caller, parameters, isPost: true }, harness.dependencies, work);
  const claim = async (harness: ReturnType<typeof createSettingsHarness>, parameters: Parameters) =>
    (await send(harness, parameters, async () => 'made'))?.made === 'made';

  it('is taken once for the same values, whatever the theme and the order of the fields', async () => {
    const harness = createSettingsHarness();
    const mark = [createMark()];
    expect(await claim(harness, { mark, name: ['a'], theme: ['dark'] })).toBe(true);
    expect(await claim(harness, { name: ['a'], mark, theme: ['light'] })).toBe(false);
    expect(await claim(harness, { mark, name: ['b'] })).toBe(true);
    expect(await claim(harness, { mark: [createMark()], name: ['a'] })).toBe(true);
  });

  it('is given back where the work fails, so that the form can come again', async () => {
    const harness = createSettingsHarness();
    const parameters = { mark: [createMark()], name: ['a'] };
    const failing = send(harness, parameters, () => Promise.reject(new Error('the database is gone')));
    await expect(failing).rejects.toThrow('the database is gone');
    expect(await claim(harness, parameters)).toBe(true);
    expect(await claim(harness, parameters)).toBe(false);
  });

  it('that is none of ours is never taken', async () => {
    const harness = createSettingsHarness();
    expect(await claim(harness, { mark: ['1'], name: ['a'] })).toBe(false);
    expect(await claim(harness, { name: ['a'] })).toBe(false);
  });
});

describe('Lines of a text', () => {
  it('are kept in their order, each once, the first of those that are the same', () => {
    expect(buildLines(' b \r\n\na\nB', (line) => line.toLowerCase())).toEqual(['b', 'a']);
    expect(buildLines('')).toEqual([]);
  });
});

describe('People to choose from', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ uuid: `{${index}}`, displayName: `Person ${index}` }));

  it('are told apart where they share a name, and stay listed when they are known no longer', () => {
    const twins = [
      { uuid: '{aaaaaaaa-1}', displayName: 'Former user' },
      { uuid: '{bbbbbbbb-2}', displayName: 'Former user' },
      { uuid: '{c}', displayName: null },
    ];
    expect(buildPeopleChoice(twins, ['{gone}'], '').choices).toEqual([
      { value: '{gone}', text: '{gone}', isChosen: true },
      { value: '{c}', text: '{c}', isChosen: false },
      { value: '{aaaaaaaa-1}', text: 'Former user {aaaaaaaa…', isChosen: false },
      { value: '{bbbbbbbb-2}', text: 'Former user {bbbbbbbb…', isChosen: false },
    ]);
  });

  it('are sorted as people sort names, those ticked first', () => {
    const names = ['Zoë', 'ada', 'Änne', 'Person 10', 'Person 9', 'Anton', 'Bo'];
    const known = names.map((displayName) => ({ uuid: `{${displayName}}`, displayName }));
    const listed = buildPeopleChoice(known, ['{Zoë}', '{Bo}'], '').choices.map(({ text }) => text);
    expect(listed).toEqual(['Bo', 'Zoë', 'ada', 'Änne', 'Anton', 'Person 9', 'Person 10']);
  });

  it('are all listed up to two hundred; of more, the ticked ones and those found', () => {
    expect(buildPeopleChoice(people(200), [], '')).toMatchObject({ search: null, hint: null });
    expect(buildPeopleChoice(people(200), [], '').choices).toHaveLength(200);
    const found = buildPeopleChoice(people(300), ['{7}'], ' PERSON 29');
    expect(found.choices.map(({ value }) => value)).toEqual([
      '{7}',
      '{29}',
      ...people(300)
        .slice(290)
        .map((one) => one.uuid),
    ]);
    expect(found.hint).toMatch(/^12 of 300 people are listed/u);
    expect(buildPeopleChoice(people(300), [], 'person').hint).toContain('Others were found too');
  });
});
