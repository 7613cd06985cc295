import type { Quirks } from './quirks';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly text: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(text);
  }
}

/** A list as it is asked for. */
export interface Asked {
  /** Without the query. */
  readonly address: string;
  readonly query: URLSearchParams;
  readonly most: number;
}

interface Continued {
  readonly values: readonly unknown[];
  readonly pagelen: number;
  readonly fields: string | null;
}

/** Cuts lists into pages of ten or as asked, and goes on with them by links of the chosen form. */
export class Paging {
  readonly #rest = new Map<string, Continued>();

  constructor(private readonly quirks: Quirks) {}

  page(values: readonly unknown[], asked: Asked): unknown {
    const { query, most } = asked;
    const pagelen = Number(query.get('pagelen') ?? 10);
    if (!(pagelen >= 1 && pagelen <= most)) throw new Refusal(400, '{"error":{"message":"Invalid pagelen"}}');
    const number = Number(query.get('page') ?? 1);
    if (!Number.isInteger(number)) throw new Refusal(400, '{"error":{"message":"Invalid page"}}');
    const all = { values: values.slice((number - 1) * pagelen), pagelen, fields: query.get('fields') };
    return this.write(all, asked, { size: values.length, number });
  }

  /** The page that a link of the opaque forms stands for; `null` when the query holds none. */
  goOn(asked: Asked): unknown {
    const token = asked.query.get('ctx') ?? asked.query.get('page') ?? '';
    const rest = this.#rest.get(token);
    return rest === undefined ? null : this.write(rest, asked, { size: rest.values.length, number: 0 });
  }

  private write(
    all: Continued,
    { address, query }: Asked,
    { size, number }: { size: number; number: number },
  ): unknown {
    const { pagelen } = all;
    const rest = { ...all, values: all.values.slice(pagelen) };
    const next = rest.values.length === 0 ? null : `${address}?${this.link(rest, query, number)}`;
    const body = {
      ...(this.quirks.isBare ? {} : { size, page: number, pagelen }),
      ...(next === null ? (this.quirks.hasEmptyNext ? { next: '' } : {}) : { next }),
      values: all.values.slice(0, pagelen),
    };
    return reduce(body, all.fields, this.quirks);
  }

  private link(rest: Continued, query: URLSearchParams, number: number): string {
    if (this.quirks.next === 'number') {
      const next = new URLSearchParams(query);
      next.set('page', String(number + 1));
      return next.toString();
    }
    const token = `8x${(this.#rest.size + 17).toString(36)}hd`;
    this.#rest.set(token, rest);
    return `${this.quirks.next === 'ctx' ? 'ctx' : 'page'}=${token}`;
  }
}

/** Keeps of a body what `fields=` names; lists keep their length. */
export function reduce(body: unknown, fields: string | null, quirks: Quirks): unknown {
  if (quirks.fields === 'ignored' || fields === null) return body;
  return keep(
    body,
    fields.split(',').map((path) => path.split('.')),
  );
}

function keep(body: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(body)) return body.map((one) => keep(one, paths));
  if (typeof body !== 'object' || body === null || paths.some((path) => path.length === 0)) return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const inner = paths.filter((path) => path[0] === name).map((path) => path.slice(1));
      return inner.length === 0 ? [] : [[name, keep(value, inner)]];
    }),
  );
}
