import path from 'node:path';
import { create, type ExpressHandlebars } from 'express-handlebars';
import Handlebars from 'handlebars';
import { findTemplateWords } from '../template-words';

/** `views/` lies at the root, both beside `src` and beside `dist`. */
const viewsFolder = path.resolve(__dirname, '../../../../views');

interface PageRenderer {
  /** The inside of a page alone, for a place that brings its own frame. */
  renderFragment(template: string, view: object): Promise<string>;
  /** A whole document: the layout with the page's template inside it. */
  renderDocument(template: string, view: object, frame: object): Promise<string>;
}

/**
 * Renders templates of `views/pages`. A Handlebars of our own, so that nobody else's helpers reach it; compiled
 * templates are kept, so a changed one needs a new start. Everything is escaped; only `json` writes text that is safe
 * inside a script block, and `say` texts of ours in which code is marked.
 */
export const pageRenderer: PageRenderer = createPageRenderer();

function createPageRenderer(): PageRenderer {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('json', (value: unknown) => new handlebars.SafeString(formatScriptText(value)));
  handlebars.registerHelper('say', (name: string) => new handlebars.SafeString(markCode(findTemplateWords(name))));
  const { compile } = handlebars;
  // How a template is indented says nothing to a browser, and would be a tenth of a page.
  handlebars.compile = (text: string, options) => compile(text.replaceAll(/\n\s+/gu, '\n'), options);
  const engine: ExpressHandlebars = create({
    handlebars,
    extname: '.hbs',
    // A partial may stand indented in its template: what it renders (the text of a textarea) must not be.
    compilerOptions: { preventIndent: true },
    // Pages are partials too: the document holds one of them, and a fragment is one alone.
    partialsDir: [path.join(viewsFolder, 'partials'), path.join(viewsFolder, 'pages')],
  });
  const render = (file: string, context: object) =>
    engine.render(path.join(viewsFolder, file), { ...context }, { cache: true });
  return {
    renderFragment: (template, view) => render(`pages/${template}.hbs`, { page: view }),
    renderDocument: (template, view, frame) => render('layouts/document.hbs', { ...frame, page: view, template }),
  };
}

/** A text of ours, escaped; what stands between back quotes as code. */
function markCode(text: string): string {
  return Handlebars.escapeExpression(text).replaceAll(/&#x60;(.*?)&#x60;/gu, '<code>$1</code>');
}

/** JSON that cannot end the script block it stands in, nor open another. */
export function formatScriptText(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
