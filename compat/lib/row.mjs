// What a row of the table is.

/**
 * A project with the packed package in it. Rows with the same project's name share one installation.
 * @typedef {object} Project
 * @property {string} name also of its folder in compat/projects, if it has one
 * @property {'npm' | 'pnpm' | 'yarn-1' | 'yarn-pnp' | 'bun' | 'deno'} [manager] by default npm
 * @property {Record<string, string>} [packages] with their versions, beside those of its package.json
 * @property {string} [node] the major version of Node that installs and runs it; by default the one of `NODE`
 * @property {'module' | 'commonjs'} [type] of its package.json
 */

/**
 * @typedef {object} Row
 * @property {string} id what `--only` looks for
 * @property {string} group the table that it stands in
 * @property {string} name
 * @property {string} how what is run, in a few words
 * @property {Project} project
 * @property {string[]} [versions] the installed packages whose versions are reported
 * @property {Record<string, string>} [files] what is written into the project first
 * @property {string[][]} steps commands and their arguments; a command is looked for among the project's own first
 * @property {number} [posts] how many are published; by default 1
 * @property {string} [limit] words of the failure, where it can't work; then it has to fail with them
 * @property {string} [why] it can't work, for readers; by default `limit`
 */

/** The version of Node that rows are run with which are about something else. */
export const NODE = '24';
