'use strict';

const { COMMON } = require('./args.js');
const { EXIT_WORDS } = require('./failure.js');

const WIDTH = 80;
const NAMES = 26;

/** Breaks a text into lines. @param {string} text @param {number} width */
function wrapped(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = String(lines.at(-1));
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Two columns. @param {string} name @param {string} text */
function row(name, text) {
  const [first = '', ...rest] = wrapped(text, WIDTH - NAMES - 2);
  const head = `  ${name}`.padEnd(NAMES);
  const lines = head.length > NAMES ? [head, `${' '.repeat(NAMES)}  ${first}`] : [`${head}  ${first}`];
  return [...lines, ...rest.map((line) => `${' '.repeat(NAMES)}  ${line}`)].join('\n');
}

const exitCodes = () => EXIT_WORDS.map(([code, words]) => row(String(code), String(words))).join('\n');

/** @param {Record<string, import('./context.js').Command>} commands */
function overview(commands) {
  const names = Object.entries(commands).map(([name, { summary }]) => row(name, summary));
  return `Posts to X (Twitter), each post at most once.

  twitter-native COMMAND [options]

Commands:
${names.join('\n')}

twitter-native COMMAND --help says more of each. twitter-native --version prints
the version.

Credentials come from the environment (X_OAUTH2_TOKEN, or X_API_KEY,
X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET), else from the file that
twitter-native auth writes. They are never taken as arguments.

Exit codes:
${exitCodes()}`;
}

/** @param {string} name @param {import('./context.js').Command} command */
function commandHelp(name, { summary, usage, options, about = [] }) {
  const rows = Object.entries({ ...options, ...COMMON }).map(([option, { value, short, help }]) =>
    row(`${short ? `-${short}, ` : ''}--${option}${value ? ` ${value}` : ''}`, help),
  );
  const paragraphs = about.map((text) => `\n${wrapped(text, WIDTH).join('\n')}\n`);
  return `${summary}

${usage.map((line) => `  twitter-native ${name}${line ? ` ${line}` : ''}`).join('\n')}
${paragraphs.join('')}
Options:
${rows.join('\n')}

Exit codes:
${exitCodes()}`;
}

module.exports = { commandHelp, overview };
