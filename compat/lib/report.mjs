// docs/compatibility.md, out of what was run.

/** @typedef {import('./check.mjs').Result} Result */
/** @typedef {import('./row.mjs').Row} Row */
/** What a row of the table says. @typedef {{ row: Row, versions: string, outcome: string }} Entry */

const LONGEST = 160;
const WORKS = 'works';
const FAILS = '**fails**';

/** What a person looks for in a failure. @param {string} text */
export function shortly(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const telling =
    lines.find((line) => /error|can't|cannot|refused|place of/i.test(line) && !/^at /.test(line)) ?? lines[0];
  return String(telling).slice(0, LONGEST);
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');

/** @param {string[]} cells */
const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;

/** @param {Result} result */
function outcomeOf({ row, failure }) {
  if (failure !== undefined) return `${FAILS}: ${shortly(failure)}`;
  return row.limit ? `can't work: ${row.why ?? row.limit}` : WORKS;
}

/**
 * What the document says of a row that was not run this time.
 * @param {Row} row @param {string[]} lines of the document
 * @returns {Entry}
 */
function kept(row, lines) {
  for (const text of lines) {
    const [name, versions = '', how, ...rest] = text.slice(2, -2).split(' | ');
    if (name === cell(row.name) && how === cell(row.how)) return { row, versions, outcome: rest.join(' | ') };
  }
  return { row, versions: '', outcome: 'not run' };
}

/** @param {string} group @param {Entry[]} entries */
function table(group, entries) {
  const lines = entries.map(({ row, versions, outcome }) => line([row.name, versions, row.how, outcome]));
  return [`## ${group}`, '', '| What | Version | How | Result |', '|---|---|---|---|', ...lines].join('\n');
}

/** @param {Entry[]} entries @param {string} beginning */
const count = (entries, beginning) => entries.filter(({ outcome }) => outcome.startsWith(beginning)).length;

/**
 * The document: what was run, and for the other rows what it said before.
 * @param {Row[]} rows all of them @param {Result[]} results @param {string} before the document as it is
 * @param {{ version: string, node: string }} of the package, and the version of Node that most rows have
 */
export function report(rows, results, before, { version, node }) {
  const lines = before.split('\n');
  const entries = rows.map((row) => {
    const result = results.find((other) => other.row === row);
    return result ? { row, versions: result.versions, outcome: outcomeOf(result) } : kept(row, lines);
  });
  const [works, fails] = [count(entries, WORKS), count(entries, FAILS)];
  const groups = [...new Set(rows.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const own = entries.filter(({ row }) => row.group === group);
    return table(group, own);
  });
  return `# Compatibility

Written by \`npm run test:compat\`; do not edit. Each row installs the packed packages (twitter-native ${version}) from a
registry into a project of its own and publishes a text with two pictures, one from an address and one from memory, to
the sandbox, whose ledger is compared with what was sent. Run on ${process.platform} ${process.arch}. Rows that are about
something else than Node have Node ${node} where they need one. TypeScript is run without \`skipLibCheck\`.

Of ${rows.length} rows, ${works} work and ${fails} fail. ${count(entries, "can't work")} are known not to work: they have to fail, for the reason that they give.

${tables.join('\n\n')}
`;
}
