// The part of docs/medusa-api.md that describes the routes.
import { openApi } from './document';
import { routes } from './routes';
import type { Schema } from './types';

const cell = (text: string) => text.replaceAll('|', '\\|');

function typeOf(schema: Schema): string {
  if (schema.properties !== undefined)
    return Object.keys(schema.properties as object)
      .map((name) => `\`${name}\``)
      .join(' ');
  if (schema.type === 'array') return `${typeOf(schema.items as Schema)}; several as \`name[]=\``;
  if (schema.enum !== undefined) return (schema.enum as string[]).map((value) => `\`${value}\``).join(' ');
  return String(schema.type ?? 'string');
}

function rowOf({ name, schema }: { name: string; schema: Schema }): string {
  const byDefault = schema.default === undefined || schema.default === '' ? '' : `\`${schema.default}\``;
  return `| \`${name}\` | ${cell(typeOf(schema))} | ${byDefault} |`;
}

function examplesOf(operation: Schema): string[] {
  const { content } = (operation.requestBody ?? {}) as {
    content?: Record<string, { examples: Record<string, Schema> }>;
  };
  return Object.values(content?.['application/json']?.examples ?? {}).flatMap(({ summary, value }) => [
    ...['', `${String(summary).replace(/^./, (first) => first.toUpperCase())}:`, ''],
    ...['```json', JSON.stringify(value, null, 2), '```'],
  ]);
}

/** The routes with their queries, bodies and answers, in Markdown. */
export function routesPage(): string {
  const { paths } = openApi() as { paths: Record<string, Record<string, Schema>> };
  const sections = routes.map(({ method, path, summary, answers }) => {
    const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method] as Schema;
    const parameters = ((operation.parameters ?? []) as { name: string; in: string; schema: Schema }[]).filter(
      (parameter) => parameter.in === 'query',
    );
    const table = ['', '| Query | | Default |', '|---|---|---|', ...parameters.map(rowOf)];
    return [
      ...[`### ${method.toUpperCase()} ${path}`, '', `${summary}.`],
      ...(parameters.length > 0 ? table : []),
      ...examplesOf(operation),
      ...['', ...Object.entries(answers).map(([status, { when }]) => `- ${status}: ${when}`)],
    ].join('\n');
  });
  return sections.join('\n\n');
}
