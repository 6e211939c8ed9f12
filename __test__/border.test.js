'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const ts = require('typescript');

const root = join(__dirname, '..');
const folder = join(root, 'src', 'exports');

const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The functions of the addon and their arguments, as src/ takes them, apart from what napi adds. */
function takenBySources() {
  const taken = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.rs') && name !== 'test_hooks.rs')) {
    const source = readFileSync(join(folder, file), 'utf8');
    for (const [, attributes, name, given] of source.matchAll(
      /^#\[napi\(((?:[^"\]]|"[^"]*")*)\)\]\n(?:#\[allow\(.*\)\]\n)?pub fn (\w+)(?:<'env>)?\(([^)]*)\)/gm,
    )) {
      const jsName = attributes.match(/js_name = "(\w+)"/)?.[1] ?? camelCase(name);
      const isInternal = attributes.includes('namespace = "internal"');
      const names = [...given.matchAll(/(\w+): /g)].map(([, argument]) => argument).filter((one) => one !== 'env');
      taken[isInternal ? `internal.${jsName}` : jsName] = names.map(camelCase);
    }
  }
  return taken;
}

/** The same as js/ is checked against. */
function declaredForJs() {
  const entry = join(root, 'types', 'native.d.ts');
  const options = { module: ts.ModuleKind.Node16, strict: true, noEmit: true, types: [], lib: ['lib.es2023.d.ts'] };
  const program = ts.createProgram([entry], { ...options, skipLibCheck: true, allowJs: false });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)));
  const native = checker.getDeclaredTypeOfSymbol(exported.find(({ name }) => name === 'Native'));
  const declared = {};
  /** All of a function's arguments may be one tuple, with their names. */
  const namesOf = (parameter) => {
    const labels = checker.getTypeOfSymbol(parameter).target?.labeledElementDeclarations;
    return labels ? labels.map(({ name }) => name.text) : [parameter.name];
  };
  const note = (type, prefix) => {
    for (const property of checker.getPropertiesOfType(type)) {
      const [signature] = checker.getTypeOfSymbol(property).getCallSignatures();
      if (signature) declared[prefix + property.name] = signature.getParameters().flatMap(namesOf);
    }
  };
  note(native, '');
  note(checker.getTypeOfSymbol(native.getProperty('internal')), 'internal.');
  return declared;
}

test('js/ is checked against the arguments that native code takes, in their order', () => {
  const taken = takenBySources();
  expect(Object.keys(taken).length).toBeGreaterThan(50);
  expect(taken.publishTweetWithMedia).toEqual([
    ...['content', 'oauth2Token', 'oauth1Credentials', 'options', 'environment'],
  ]);
  expect(declaredForJs()).toEqual(taken);
});
