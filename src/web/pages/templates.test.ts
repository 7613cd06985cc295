import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildPageContext, buildOverviewMaterial, sampleSystem } from '../../../test/support/pages/sample-overview';
import { sampleNote } from '../../../test/support/pages/sample-rooms';
import { createLinks } from '../routing/paths';
import { buildBadRequest } from '../presentation/frame/message-page';
import { buildOverviewView } from './overview/overview-view';
import { pageRenderer, formatScriptText } from '../presentation/frame/page-renderer';
import { buildPageFrame } from '../presentation/frame/page-frame';

const folder = path.resolve(__dirname, '../../../views');
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{{constructor.constructor "return process"}}',
  '{{{raw}}}',
  '\u202Egnp.exe',
  '🙈👩‍👩‍👧',
  '</script><script>alert(2)</script>',
  'x'.repeat(10_000),
];

describe('a template', () => {
  it.each(templates)('has nothing inline and nothing unescaped: %s', (file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text).not.toContain('{{{');
    expect(text).not.toContain('{{&');
    expect(text).not.toMatch(/\sstyle\s*=/iu);
    expect(text).not.toMatch(/\son[a-z]+\s*=/iu);
    expect(text).not.toMatch(/<style|javascript:/iu);
    expect(text).not.toMatch(/<script(?![^>]*(?:\ssrc=|type="application\/json"))/iu);
  });
});

describe('text from outside', () => {
  const links = createLinks('https://drumbeat.example', '1');

  it.each(hostile)('is shown as text, never as markup (%#)', async (text) => {
    const system = { ...sampleSystem, name: text };
    const team = { slug: text, name: text, source: 'group', members: 2, deleted: false } as const;
    const note = { ...sampleNote, text, madeBy: { uuid: text, displayName: text } };
    const material = buildOverviewMaterial({
      pageContext: buildPageContext({ systems: [system], teams: [team], notes: [note] }),
    });
    const view = buildOverviewView(
      { ...material, perSystem: { now: [{ system, report: material.report }], before: [] } },
      links,
    );
    const answer = buildBadRequest(
      [{ name: 'team', value: text, message: `There is no team "${text}".` }],
      '/pages/workspace',
    );
    const frame = buildPageFrame(
      { title: text, address: `/x?${text}`, session: text, theme: null },
      links,
      'https://b.example',
    );
    const pages = [
      await pageRenderer.renderDocument('overview', view, frame),
      await pageRenderer.renderDocument('message', answer.kind === 'page' ? answer.view : {}, frame),
    ];
    for (const html of pages) {
      expect(html).not.toMatch(/<script>|<img|\sonmouseover='|\sonerror=alert\(1\)>/u);
      expect(html.match(/<script/gu)).toHaveLength(html.match(/<\/script>/gu)?.length ?? 0);
    }
  });

  it('cannot end the block of chart numbers', () => {
    const text = formatScriptText({ name: '</script><!--&\u2028' });
    expect(text).not.toMatch(/[<>&\u2028]/u);
    expect(JSON.parse(text)).toEqual({ name: '</script><!--&\u2028' });
  });
});
