import { Ajv2020 } from 'ajv/dist/2020';

interface Response {
  readonly content: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>;
}
/** The part of an OpenAPI document that says what is answered. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Record<string, Response> }>>>>;
}

/** Throws where the API answers with something else than its own description says. */
export type CheckAnswer = (address: string, status: number, text: string) => void;

/** Checks JSON answers of `GET` against what `GET /api/v1/openapi.json` says of their route; others pass. */
export function createAnswerCheck(description: Description): CheckAnswer {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(description, 'openapi');
  return (address, status, text) => {
    const schema = findSchema(description, address, status);
    if (schema !== null && text.startsWith('{') && !ajv.validate(`openapi${schema}`, JSON.parse(text))) {
      throw new Error(`${address} is not as described: ${ajv.errorsText()}`);
    }
  };
}

/** Where the description has the JSON of an answer; `null` where it has none. */
function findSchema({ paths }: Description, address: string, status: number): string | null {
  const [path = ''] = address.replace('/api/v1', '').split('?');
  const responses = paths[path]?.['get']?.responses;
  const answered = responses?.[String(status)] ?? responses?.['default'];
  return answered === undefined ? null : findJson(answered);
}

function findJson({ content }: Response): string | null {
  return Object.entries(content).find(([type]) => type.endsWith('json'))?.[1].schema.$ref ?? null;
}
