// The OpenAPI document of the plugin's routes.
import { z } from '@medusajs/framework/zod';
import { version } from '../../package.json';
import { type RouteDoc, routes } from './routes';
import { type Schema, schemasOfTypes } from './types';

const ADDITIONAL_DATA = {
  type: ['object', 'null'],
  additionalProperties: true,
  description: 'What the shop’s own hooks get; its middleware may say which, by additionalDataValidator.',
};

const ERROR: Schema = {
  type: 'object',
  description: 'Why a request was refused, or a post is not out.',
  required: ['message'],
  properties: {
    type: { type: 'string', description: 'Medusa’s type of error.' },
    code: {
      type: 'string',
      description: 'A code of twitter-native’s, such as RATE_LIMITED, or of the plugin’s, such as already_posted.',
    },
    message: { type: 'string', description: 'A sentence for a person; it names the field.' },
    retry_at: { type: ['string', 'null'], description: 'When it may be tried again.' },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const types = { ...schemasOfTypes(), Error: ERROR };
const ref = (name: string): Schema => {
  if (name.endsWith('?')) return { anyOf: [ref(name.slice(0, -1)), { type: 'null' }] };
  if (!(name in types)) throw new Error(`src/types/http.ts has no type ${name}`);
  return { $ref: `#/components/schemas/${name}` };
};

function jsonSchema(schema: z.ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    ...{ io: 'input', unrepresentable: 'any' },
    // A pattern for what the format says already is for machines alone.
    override({ jsonSchema }) {
      if (jsonSchema.format?.startsWith('date')) delete jsonSchema.pattern;
    },
  }) as Schema;
  return rest;
}

/** Adds to a schema's fields what the type says that they mean. */
function described(schema: Schema, type: Schema | undefined): Schema {
  const fields = (type?.properties ?? {}) as Record<string, Schema>;
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, field]) => {
    const description = fields[name]?.description;
    return [name, description === undefined ? field : { ...field, description }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function bodyOf({ body, bodyType, extended, examples }: RouteDoc): Schema {
  if (body === undefined) return {};
  const plain = jsonSchema(body);
  const known = bodyType === undefined ? plain : described(plain, (types as Record<string, Schema>)[bodyType]);
  const properties = { ...(known.properties as object), additional_data: ADDITIONAL_DATA };
  const schema = extended ? { ...known, properties } : known;
  const named = Object.entries(examples ?? {}).map(([summary, value]) => [summary, { summary, value }]);
  const content = { 'application/json': { schema, examples: Object.fromEntries(named) } };
  return { requestBody: { required: ((known.required as string[] | undefined) ?? []).length > 0, content } };
}

const isOperators = ({ properties }: Schema) => Object.keys((properties as object) ?? {}).includes('$gte');

function parametersOf({ path, query }: RouteDoc): Schema[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
  const { properties = {}, required = [] } = query === undefined ? {} : (jsonSchema(query) as Record<string, never>);
  const inQuery = Object.entries(properties as Record<string, Schema>).map(([name, schema]) => ({
    ...{ name, in: 'query', required: (required as string[]).includes(name) },
    ...(isOperators(schema) ? { style: 'deepObject', explode: true } : {}),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function answerOf({ when, body, type }: RouteDoc['answers'][number], status: string): Schema {
  if (type === 'none') return { description: when };
  if (type !== undefined) return { description: when, content: { [type]: { schema: { type: 'string' } } } };
  if (body === undefined && Number(status) >= 400) {
    return { description: when, content: { 'application/json': { schema: ref('Error') } } };
  }
  const properties = Object.entries(body ?? {}).map(([name, part]) => {
    if (typeof part === 'string') return [name, ref(part)];
    if (Array.isArray(part)) return [name, { type: 'array', items: ref(part[0]) }];
    return [name, jsonSchema(part)];
  });
  const schema = { type: 'object', properties: Object.fromEntries(properties), required: Object.keys(body ?? {}) };
  return { description: when, content: { 'application/json': { schema } } };
}

function operationOf(route: RouteDoc): Schema {
  const { summary, answers, path } = route;
  const isOpen = path.startsWith('/webhooks') || path.endsWith('/callback');
  const responses = Object.entries(answers).map(([status, answer]) => [status, answerOf(answer, status)]);
  const parameters = parametersOf(route);
  const error = { description: 'It was refused, or failed', content: { 'application/json': { schema: ref('Error') } } };
  return {
    summary,
    ...(isOpen ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(route),
    responses: { ...Object.fromEntries(responses), default: error },
  };
}

/** The document. */
export function openApi(): Schema {
  const paths: Record<string, Schema> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'medusa-plugin-twitter', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'http://localhost:9000' }],
    security: [{ bearer: [] }, { session: [] }, { api_key: [] }],
    paths,
    components: {
      schemas: types,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'connect.sid' },
        api_key: { type: 'http', scheme: 'basic' },
      },
    },
  };
}
