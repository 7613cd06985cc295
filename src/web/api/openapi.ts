import { z } from 'zod';
import { lookUp } from '../../domain/look-up';
import type { ApiRoute } from './api-route';
import { format } from './parameters';
import { schemas, type SchemaName } from './schemas';

type Described = Omit<ApiRoute, 'answer'>;

/** The description of the API that it serves itself: OpenAPI 3.1. `baseUrl` is the public address. */
export function createOpenApi(baseUrl: string, routes: readonly Described[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...lookUp(paths, route.path), [route.method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Drumbeat',
      version: '1',
      description:
        'Delivery metrics of a Bitbucket workspace. Durations in seconds, shares from 0 to 1, numbers not rounded, ' +
        'unknown is null. What is not yours and what is not there answer alike: 404.',
    },
    servers: [{ url: `${baseUrl.replace(/\/+$/, '')}/api/v1` }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The session of a page (`<meta name="session">`) or an API token made on the settings page.',
        },
      },
      schemas: describeSchemas(),
    },
  };
}

function refer(name: SchemaName): object {
  return { schema: { $ref: `#/components/schemas/${name}` } };
}

const problem = { 'application/problem+json': refer('Problem') };
const failures = {
  401: { description: 'No session or token, or one that has ended.', content: problem },
  404: { description: 'Not there, or not yours.', content: problem },
  default: { description: 'Anything else that went wrong.', content: problem },
};
const wrongValue = { 400: { description: 'A value that cannot be used; `errors` names each.', content: problem } };
const readOnly = { 403: { description: 'This session or token may read only.', content: problem } };

function describeRoute({ operationId, summary, answers, parameters, takes }: Described): object {
  const csv = parameters === undefined ? {} : { 'text/csv': { schema: { type: 'string' } } };
  return {
    operationId,
    summary,
    ...(parameters === undefined ? {} : { parameters: [...parameters, format] }),
    ...(takes === undefined ? {} : { requestBody: { required: true, content: { 'application/json': refer(takes) } } }),
    responses: {
      200: { description: summary, content: { 'application/json': refer(answers), ...csv } },
      ...(parameters === undefined && takes === undefined ? {} : wrongValue),
      ...(takes === undefined ? {} : readOnly),
      ...failures,
    },
  };
}

/** Each schema refers to the others by name; a member that is not described is none. */
function describeSchemas(): Readonly<Record<string, object>> {
  const registry = z.registry<{ id: string }>();
  Object.entries(schemas).forEach(([id, schema]) => registry.add(schema, { id }));
  const described = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    // A body is described as it is sent; what is answered is the same either way.
    io: 'input',
    override: ({ jsonSchema, zodSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'object' && def.catchall === undefined) jsonSchema.additionalProperties = false;
      // The pattern of a format and the greatest of all integers say nothing to a reader.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  for (const schema of Object.values(described.schemas)) {
    delete schema.$id;
    delete schema.$schema;
  }
  return described.schemas;
}
