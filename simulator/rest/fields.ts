/** A set of dotted paths as a tree. `isWhole`: everything below is meant. */
interface PathTree {
  isWhole: boolean;
  readonly below: Map<string, PathTree>;
}

/**
 * Bitbucket's partial responses: `fields=a,b.c` names all that is wanted, `+x` adds what is normally left out,
 * `-x` takes away. `hidden` are the members a reply leaves out unless asked for.
 */
export function selectFields(body: unknown, fields: string | null, hidden: readonly string[] = []): unknown {
  const asked = (fields ?? '').split(',').map((path) => path.trim());
  const named = asked.filter((path) => path !== '' && !/^[+-]/u.test(path));
  const added = asked.filter((path) => path.startsWith('+')).map((path) => path.slice(1));
  const taken = asked.filter((path) => path.startsWith('-')).map((path) => path.slice(1));
  const shown = without(body, toTree(hidden));
  const hiddenAsked = [...named, ...added].filter((path) => isBelow(path, hidden));
  const base = named.length === 0 ? shown : pick(shown, toTree([...named, ...added]));
  const full = hiddenAsked.length === 0 ? base : merge(base, pick(body, toTree(hiddenAsked)));
  return taken.length === 0 ? full : without(full, toTree(taken));
}

function isBelow(path: string, hidden: readonly string[]): boolean {
  return hidden.some((one) => path === one || path.startsWith(`${one}.`));
}

function toTree(paths: readonly string[]): PathTree {
  const root: PathTree = { isWhole: false, below: new Map() };
  for (const path of paths) {
    let node = root;
    for (const name of path.split('.')) {
      const child = node.below.get(name) ?? { isWhole: false, below: new Map<string, PathTree>() };
      node.below.set(name, child);
      node = child;
    }
    node.isWhole = true;
  }
  return root;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick(value: unknown, tree: PathTree): unknown {
  if (tree.isWhole) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => pick(item, tree));
  }
  if (!isRecord(value)) {
    return value;
  }
  const kept = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const child = tree.below.get(name) ?? tree.below.get('*');
    return child === undefined ? [] : [[name, pick(member, child)]];
  });
  return Object.fromEntries(kept);
}

function without(value: unknown, tree: PathTree): unknown {
  if (tree.below.size === 0) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => without(item, tree));
  }
  if (!isRecord(value)) {
    return value;
  }
  const kept = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const child = tree.below.get(name);
    return child?.isWhole === true ? [] : [[name, child === undefined ? member : without(member, child)]];
  });
  return Object.fromEntries(kept);
}

function merge(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.map((item, index) => merge(item, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) {
    return other ?? one;
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in other ? merge(one[name], other[name]) : one[name]]),
  );
}
