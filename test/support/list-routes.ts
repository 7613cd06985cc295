import type { WebApp } from '../../src/web/web-app';

interface Layer {
  readonly regexp: RegExp & { readonly fast_slash?: boolean };
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly name: string;
  readonly handle: { readonly stack?: readonly Layer[] };
}

/**
 * `METHOD path` of every route of an app, from its own lists; `ALL` for any method, `USE` for a handler that
 * answers by itself beneath a path.
 */
export function listRoutes(app: WebApp): string[] {
  const { stack } = (app.express as unknown as { _router: { stack: readonly Layer[] } })._router;
  return [...new Set([...app.plainRoutes, ...stack.flatMap((layer) => listLayer(layer, ''))])].sort();
}

function listLayer(layer: Layer, prefix: string): string[] {
  if (layer.route !== undefined) {
    const { methods, path } = layer.route;
    const names = methods['_all'] === true ? ['all'] : Object.keys(methods);
    return names.map((method) => `${method.toUpperCase()} ${prefix}${path}`);
  }
  const inner = prefix + toPath(layer.regexp);
  if (layer.name === 'serveStatic') return [`USE ${inner}`];
  return (layer.handle.stack ?? []).flatMap((one) => listLayer(one, inner));
}

/** Express keeps the path of `use` as an expression only. */
function toPath(regexp: Layer['regexp']): string {
  if (regexp.fast_slash === true) return '';
  const path = /^\^(.*?)\\\/\?\(\?=\\\/\|\$\)/u.exec(regexp.source)?.[1];
  if (path === undefined) throw new Error(`cannot read the path of ${regexp.source}`);
  return path.replaceAll('\\', '');
}
