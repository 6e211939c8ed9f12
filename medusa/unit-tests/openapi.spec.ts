import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT_FIELDS, POST_FIELDS } from '../src/http/queries';
import { openApi } from '../testing/openapi/document';
import { routesPage } from '../testing/openapi/page';
import { routes } from '../testing/openapi/routes';
import { schemasOfTypes } from '../testing/openapi/types';

const plugin = join(__dirname, '..');
const FILE = join(plugin, 'openapi.json');
const PAGE = join(plugin, '..', 'docs', 'medusa-api.md');
const PART = /(?<=<!-- routes -->\n\n)[\s\S]*(?=\n\n<!-- end of routes -->)/;

// npm run openapi
if (process.env.WRITE_OPENAPI) {
  writeFileSync(FILE, JSON.stringify(openApi()));
  execFileSync(join(plugin, '..', 'node_modules', '.bin', 'biome'), ['format', '--write', FILE]);
  writeFileSync(
    PAGE,
    readFileSync(PAGE, 'utf8').replace(PART, () => routesPage()),
  );
}

/** The routes that exist, by the files of `src/api` and what they export. */
function existing(): string[] {
  const api = join(plugin, 'src', 'api');
  const files = readdirSync(api, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)route\.ts$/.test(file));
  return files.flatMap((file) => {
    const path = `/${file.replace(/\/route\.ts$/, '').replace(/\[(\w+)\]/g, ':$1')}`;
    const methods = readFileSync(join(api, file), 'utf8').matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm);
    return [...methods].map(([, method]) => `${method} ${path}`);
  });
}

describe('openapi.json', () => {
  it('has the routes that exist, and no others', () => {
    const documented = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(documented.sort()).toEqual(existing().sort());
  });

  it('is what the schemas of the routes say: npm run openapi', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(openApi())));
  });

  it('has an example of each body, which the route takes', () => {
    for (const { method, path, body, extended, examples = {} } of routes) {
      expect([path, method, Object.keys(examples).length > 0]).toEqual([path, method, body !== undefined]);
      for (const example of Object.values(examples)) {
        const { additional_data, ...own } = example as Record<string, unknown>;
        expect(extended || additional_data === undefined).toBe(true);
        expect(body?.safeParse(own).error).toBeUndefined();
      }
    }
  });

  it('and the page tell the same', () => {
    expect(readFileSync(PAGE, 'utf8').match(PART)?.[0]).toBe(routesPage());
  });

  it.each([
    ['TwitterPostView', POST_FIELDS],
    ['TwitterAccountView', ACCOUNT_FIELDS],
  ])('has the fields of %s that a query may ask for', (name, fields) => {
    const { properties } = schemasOfTypes()[name] as { properties: object };
    expect([...fields].sort()).toEqual(Object.keys(properties).sort());
  });

  it('refers to nothing that is not there', () => {
    const { components } = openApi() as { components: { schemas: object } };
    const names = [...JSON.stringify(openApi()).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(names));
  });
});
