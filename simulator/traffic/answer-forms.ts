import type { Outcome } from './quirks';
import type { Reply } from '../rest/call';
import type { ApiRequest } from '../rest/rest-api';

/** What the sources leave open about the form of all answers, each with the ways it may be. */
export interface Forms {
  /** `fields=` is honoured, or all is sent whatever is asked. */
  fields: 'honoured' | 'ignored';
  /** Links to a next page repeat the query, or hold one opaque word under this name. */
  next: 'plain' | 'page' | 'ctx';
  /** A last page has an empty `next` instead of none. */
  hasEmptyNext: boolean;
  /** `size`, `page` and `pagelen` are left out. */
  isBare: boolean;
  /** The largest `pagelen` of the lists whose path fits. */
  largestPages: readonly (readonly [path: RegExp, length: number])[];
  /** Lists of pull requests come by number, whatever `sort` says. */
  isSortIgnored: boolean;
  /** Lists of commits know hashes alone, or names of branches as well. */
  commitsBy: 'anything' | 'hashes';
  changesMember: 'changes_requested' | 'changes_request';
  /** Times as captured, or in all forms that a time of ISO 8601 in UTC may have, one after the other. */
  times: 'captured' | 'all';
  isUuidUpperCase: boolean;
  /** Merged pull requests carry a `closed_on`, a wrong one: it is to be believed last. */
  hasClosedOn: boolean;
  /** Pull requests link to their diffstat. */
  isDiffstatLinked: boolean;
}

const plainForms: Readonly<Forms> = {
  fields: 'honoured',
  next: 'plain',
  hasEmptyNext: false,
  isBare: false,
  largestPages: [],
  isSortIgnored: false,
  commitsBy: 'anything',
  changesMember: 'changes_requested',
  times: 'captured',
  isUuidUpperCase: false,
  hasClosedOn: false,
  isDiffstatLinked: true,
};

/** A time as Bitbucket writes it: whole seconds or six digits, in UTC. */
const captured = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{6}))?\+00:00"/gu;

type Body = Record<string, unknown>;

const refusals = {
  400: { status: 400, body: { type: 'error', error: { message: 'Invalid pagelen' } } },
  404: { status: 404, body: { type: 'error', error: { message: 'Commit not found' } } },
};

/** Puts all answers into other forms, and understands requests that follow from them. */
export class AnswerForms {
  /** Those that are not as captured; they may be changed at any time. */
  chosen: Partial<Forms> = {};
  /** Opaque word → the address that it stands for. */
  readonly #links = new Map<string, string>();
  #timeCount = 0;

  answer(request: ApiRequest, give: (request: ApiRequest) => Outcome): Outcome {
    if (Object.keys(this.chosen).length === 0) return give(request);
    const url = new URL(request.url, 'http://simulator');
    const refusal = this.#refuse(url);
    if (refusal !== null) return { reply: refusal, delayMs: 0, isHanging: false };
    const outcome = give({ ...request, url: this.#translate(url) });
    return { ...outcome, reply: this.#write(outcome.reply) };
  }

  get #forms(): Forms {
    return { ...plainForms, ...this.chosen };
  }

  #refuse({ pathname, searchParams }: URL): Reply | null {
    const { largestPages, commitsBy } = this.#forms;
    const isTooLong = largestPages.some(
      ([path, most]) => path.test(pathname) && Number(searchParams.get('pagelen')) > most,
    );
    if (isTooLong) return refusals[400];
    const names = pathname.endsWith('/commits')
      ? [...searchParams.getAll('include'), ...searchParams.getAll('exclude')]
      : [];
    return commitsBy === 'hashes' && names.some((name) => !/^[0-9a-f]{12,40}$/u.test(name)) ? refusals[404] : null;
  }

  #translate(url: URL): string {
    const { fields, isSortIgnored } = this.#forms;
    const link = this.#links.get(url.searchParams.get('ctx') ?? url.searchParams.get('page') ?? '');
    if (link !== undefined) return link;
    if (fields === 'ignored') url.searchParams.delete('fields');
    if (isSortIgnored && url.pathname.endsWith('/pullrequests')) url.searchParams.set('sort', 'id');
    return url.pathname + url.search;
  }

  #write(reply: Reply): Reply {
    if (typeof reply.body !== 'object' || reply.body === null) return reply;
    const text = this.#writeText(JSON.stringify(reply.body));
    const body = JSON.parse(text, (key, value: unknown) => this.#change(key, value)) as Body;
    return { ...reply, body: Array.isArray(body['values']) ? this.#writePage(body) : body };
  }

  #writeText(text: string): string {
    const { changesMember, times, isUuidUpperCase } = this.#forms;
    const named = text.replaceAll('"changes_requested":', `"${changesMember}":`);
    const cased = isUuidUpperCase ? named.replaceAll(/"\{[0-9a-f-]{36}\}"/gu, (uuid) => uuid.toUpperCase()) : named;
    return times === 'captured' ? cased : cased.replaceAll(captured, (_, ...parts: string[]) => this.#writeTime(parts));
  }

  #writeTime([seconds = '', fraction = '']: readonly (string | undefined)[]): string {
    this.#timeCount += 1;
    const digits = fraction.padEnd(6, '0');
    const forms = ['+00:00', 'Z', ''].flatMap((zone) => [
      `${digits}${zone}`,
      `${digits.slice(0, 3)}${zone}`,
      `${digits}999${zone}`,
    ]);
    return `"${seconds}.${forms[this.#timeCount % forms.length] ?? ''}"`;
  }

  #change(key: string, value: unknown): unknown {
    const { hasClosedOn, isDiffstatLinked } = this.#forms;
    if (key === 'diffstat' && !isDiffstatLinked) return undefined;
    const isMerged =
      typeof value === 'object' && value !== null && 'updated_on' in value && (value as Body)['state'] === 'MERGED';
    return hasClosedOn && isMerged ? { ...value, closed_on: '2020-02-02T02:02:02+00:00' } : value;
  }

  #writePage(page: Body): Body {
    const { isBare, hasEmptyNext } = this.#forms;
    const { size, page: number, pagelen, next, ...rest } = page;
    const counts = isBare ? {} : (JSON.parse(JSON.stringify({ size, page: number, pagelen })) as Body);
    const last = hasEmptyNext ? { next: '' } : {};
    return { ...counts, ...rest, ...(typeof next === 'string' ? { next: this.#writeLink(next) } : last) };
  }

  #writeLink(next: string): string {
    const name = this.#forms.next;
    if (name === 'plain') return next;
    const url = new URL(next);
    const word = `8x${(this.#links.size + 17).toString(36)}hd`;
    this.#links.set(word, url.pathname + url.search);
    return `${url.origin}${url.pathname}?${name}=${word}`;
  }
}
