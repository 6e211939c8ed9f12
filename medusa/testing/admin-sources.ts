// The admin's components as TypeScript reads them: which texts they use, and which are in them that should not be.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ADMIN = join(__dirname, '..', 'src', 'admin');

/** Attributes that a person reads or hears. */
const READ = [
  'alt',
  'title',
  'subtitle',
  'label',
  'placeholder',
  'description',
  'confirm',
  'term',
  'heading',
  'header',
];
const isRead = (name: string) => READ.includes(name) || /^aria-(label|description|valuetext)$/.test(name);

/** What X itself writes over a picture in every language, and what begins an address. */
const SAME_EVERYWHERE = ['ALT', 'GIF', 'https://', 'X'];

/** A component's source. */
export const parsed = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(join(ADMIN, path), text, ts.ScriptTarget.Latest, true);

function* sources(): Generator<ts.SourceFile> {
  for (const path of readdirSync(ADMIN, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.tsx?$/.test(path) || /^i18n\/(de|en)\//.test(path)) continue;
    yield parsed(path, readFileSync(join(ADMIN, path), 'utf8'));
  }
}

function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Keys that are written out, and patterns of those that a code completes. */
export function usedKeys(): { literals: Set<string>; patterns: RegExp[] } {
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  for (const source of sources()) {
    for (const node of nodes(source)) {
      if (ts.isStringLiteral(node)) literals.add(node.text);
      // `status.post.${status}`
      if (ts.isTemplateExpression(node) && /^[a-z]\w*\.([\w.]*\.)?$/i.test(node.head.text)) {
        const rest = node.templateSpans.map(({ literal }) => `[^.]+${escaped(literal.text)}`).join('');
        patterns.push(new RegExp(`^${escaped(node.head.text)}${rest}$`));
      }
    }
  }
  return { literals, patterns };
}

/** The words of a string or template, if it has any. */
function wordsOf(node: ts.Node): string | undefined {
  const text = ts.isStringLiteralLike(node)
    ? node.text
    : ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ')
      : ts.isJsxText(node)
        ? node.text.trim()
        : undefined;
  return text !== undefined && /\p{L}/u.test(text) && !SAME_EVERYWHERE.includes(text.trim()) ? text : undefined;
}

const COMES_TO_LEFT: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.PlusToken,
];

/** The strings that an expression can come to: those of its branches, not those that choose one or are arguments. */
function* results(node: ts.Node): Generator<ts.Node> {
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) {
    if (node.expression) yield* results(node.expression);
  } else if (ts.isConditionalExpression(node)) {
    yield* results(node.whenTrue);
    yield* results(node.whenFalse);
  } else if (ts.isBinaryExpression(node)) {
    // What is compared is not shown.
    const { kind } = node.operatorToken;
    if (COMES_TO_LEFT.includes(kind)) yield* results(node.left);
    if (COMES_TO_LEFT.includes(kind) || kind === ts.SyntaxKind.AmpersandAmpersandToken) yield* results(node.right);
  } else {
    yield node;
  }
}

/** Where a call's arguments are read by a person: toasts. */
const isToast = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && /^toast\b/.test(node.expression.getText());

/** What of a node a person reads, if it is written there. */
function* shown(node: ts.Node): Generator<ts.Node> {
  if (ts.isJsxText(node)) yield node;
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) yield* results(node);
  if (ts.isJsxAttribute(node) && node.initializer && isRead(node.name.getText())) yield* results(node.initializer);
  if (ts.isPropertyAssignment(node) && isRead(node.name.getText().replaceAll("'", ''))) {
    // Keys of menus, which the dashboard looks up.
    const isMenu = ts.isStringLiteral(node.initializer) && node.initializer.text.startsWith('menu.');
    if (!isMenu) yield* results(node.initializer);
  }
  if (isToast(node)) for (const argument of node.arguments) yield* results(argument);
}

/** Texts in components, with their places. A sentence anywhere counts too: none of the code has use for one. */
export function hardCodedTexts(of: Iterable<ts.SourceFile> = sources()): string[] {
  const found = new Set<string>();
  for (const source of of) {
    for (const node of nodes(source)) {
      const candidates = [...shown(node)];
      const isSentence = ts.isStringLiteralLike(node) && /^\p{Lu}\p{Ll}+ \p{Ll}+/u.test(node.text);
      for (const candidate of isSentence ? [...candidates, node] : candidates) {
        const words = wordsOf(candidate);
        if (words === undefined) continue;
        const { line } = source.getLineAndCharacterOfPosition(candidate.getStart());
        found.add(`${relative(ADMIN, source.fileName)}:${line + 1}: ${words}`);
      }
    }
  }
  return [...found];
}

/** All words in quotation marks in the sources of a server: those of folders, but for the admin and the types. */
export function stringsOf(...folders: string[]): Set<string> {
  const isServers = (path: string) =>
    /\.(rs|ts)$/.test(path) && !/^(admin|types)\//.test(path) && !/tests?[./]/.test(path);
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(isServers)
      .map((path) => readFileSync(join(folder, path), 'utf8')),
  );
  return new Set(texts.flatMap((text) => [...text.matchAll(/["'](\w+)["']/g)].map(([, word]) => word as string)));
}
