import type { Request } from 'express';
import { groupValues, lookUp } from '../../../domain/look-up';
import type { PageParameters } from './page-filter';

/** Tokens and what surrounds them are never passed on to a page. */
const notForPages = new Set(['session', 'jwt']);

/**
 * The parameters of the address and of the form together; a field of the form wins over the address.
 * Connect leaves `{name.of}` in an address where it knows no value: that is no value. In a form it was typed.
 */
export function readPageParameters(req: Pick<Request, 'originalUrl' | 'body'>): PageParameters {
  const inAddress = [...new URL(req.originalUrl, 'http://page.invalid').searchParams];
  const fromAddress = collect(inAddress.filter(([, value]) => !/^\{[^}]*\.[^}]*\}$/u.test(value)));
  return { ...fromAddress, ...collect(buildEntries(req.body)) };
}

function collect(entries: Iterable<readonly [string, string]>): Record<string, string[]> {
  return groupValues([...entries].filter(([name]) => !notForPages.has(name)));
}

function buildEntries(body: unknown): Iterable<readonly [string, string]> {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    return new URLSearchParams(body.toString());
  }
  if (typeof body !== 'object' || body === null) {
    return [];
  }
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one): one is string => typeof one === 'string')
      .map((one): [string, string] => [name, one]),
  );
}

/** The last value of a field without the blanks around it; `''` when it was not sent. */
export function readText(parameters: PageParameters, name: string): string {
  return (readOne(parameters, name) ?? '').trim();
}

/** The last value of a parameter, or `null`. */
export function readOne(parameters: PageParameters, name: string): string | null {
  return lookUp(parameters, name)?.at(-1) ?? null;
}

/** A whole number from 1, such as the number of a pull request; `null` for anything else. */
export function readNumber(parameters: PageParameters, name: string): number | null {
  const text = readOne(parameters, name);
  return text !== null && /^[1-9]\d{0,8}$/u.test(text) ? Number(text) : null;
}
