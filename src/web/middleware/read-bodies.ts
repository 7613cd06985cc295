import { parse as parseQuery } from 'node:querystring';
import type { Request, RequestHandler } from 'express';
import { decodeText, parseJson } from '../../machine/parse-json';
import { BodyRefused, hasBody, readBody } from '../../machine/read-body';

/** More than the largest form of ours has. */
const mostFields = 900;

/** Sets `request.body` to the JSON that was sent, of at most so many bytes; `{}` without a body of this kind. */
export function readJson(largest: number): RequestHandler {
  return readInto('application/json', largest, (bytes) => parseJson(bytes).value);
}

/** Sets `request.body` to the fields of the form that was sent, of at most so many bytes; `{}` without one. */
export function readForm(largest: number): RequestHandler {
  return readInto('application/x-www-form-urlencoded', largest, parseForm);
}

/** A field that is named several times is a list of its values. */
function parseForm(bytes: Buffer): unknown {
  const text = decodeText(bytes);
  if (text.split('&', mostFields + 1).length > mostFields) {
    throw new BodyRefused(413, `The form has more than ${mostFields} fields.`);
  }
  return parseQuery(text);
}

function readInto(type: string, largest: number, parse: (bytes: Buffer) => unknown): RequestHandler {
  const read = async (request: Request): Promise<unknown> => {
    if (!hasBody(request) || request.is(type) === false) return {};
    const bytes = await readBody(request, largest);
    return bytes.length === 0 ? {} : parse(bytes);
  };
  return (request, _response, next) => {
    read(request)
      .then((body) => {
        request.body = body;
        next();
      })
      .catch(next);
  };
}
