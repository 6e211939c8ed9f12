'use strict';

const { existsSync } = require('node:fs');
const { lineOf } = require('../../js/cli/progress.js');
const { program, withCli } = require('./support/cli.js');

const script = '/usr/bin/script';
/** What is written before a line is drawn over. */
const ERASE = '\r\u001b[K';
/** A pseudo-terminal by util-linux; what it shows comes on stdout. */
const onTerminal = existsSync(script) && process.platform === 'linux' ? test : test.skip;

/** What a terminal of this width would show, as the states of its last line. @param {string} printed */
const drawings = (printed) =>
  printed
    .replaceAll(ERASE, '\n')
    .split(/\r?\n/)
    .map((text) => text.replaceAll('\r', ''));

/** A film that takes a while. @param {import('./support/cli.js').Cli} cli */
async function slowFilm(cli) {
  for (let nth = 1; nth <= 4; nth += 1) {
    cli.sandbox.faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 150 * nth }, attempt: nth });
  }
  return cli.medium('film.mp4', { kind: 'mp4', bytes: 6_000_000, durationMs: 2000 });
}

describe('the bar', () => {
  onTerminal.each([80, 40])('of a terminal with %i columns never wraps', (columns) =>
    withCli(
      async (cli) => {
        await slowFilm(cli);
        const command = `stty cols ${columns} rows 24; exec "${process.execPath}" "${program}" post "A film" --video film.mp4`;
        const { code, stdout } = await cli.run(['-qec', command, '/dev/null'], { command: script });
        expect(code).toBe(0);
        expect(cli.posts).toEqual(['A film']);
        const drawn = drawings(stdout).filter((line) => line.includes('%'));
        expect(drawn.length).toBeGreaterThan(2);
        for (const line of drawn) expect(line.length).toBeLessThan(columns);
        expect(drawn.at(-1)).toContain('100%');
        // It is taken away: what stays is the address, and nothing drawn has become a line of its own.
        expect(stdout.split(ERASE).at(-1)).toMatch(/^https:\/\/twitter\.com\/i\/web\/status\/\d+\r\n$/);
        expect(stdout.match(/\n/g)).toHaveLength(1);
      },
      { processingMs: 300, checkAfterSecs: 0 },
    ),
  );

  test('is not in a pipe', () =>
    withCli(async (cli) => {
      await slowFilm(cli);
      const { code, stdout, stderr } = await cli.run(['post', 'A film', '--video', 'film.mp4']);
      expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
    }));

  test('is shorter than the screen, however narrow that is', () => {
    const medium = { mediaIndex: 0, bytesSent: 123_456_789, totalBytes: 987_654_321 };
    for (const phase of /** @type {const} */ (['uploading', 'processing', 'ready'])) {
      for (let columns = 1; columns < 200; columns += 1) {
        const line = lineOf([{ ...medium, phase, processingPercent: 42 }], columns);
        expect(line.length).toBeLessThan(columns);
        expect(line).toMatch(/^[ -~]*$/);
      }
    }
    expect(lineOf([{ ...medium, phase: 'uploading' }], 80)).toBe(
      '[####----------------------------]  12% 123.5/987.7 MB uploading',
    );
    expect(lineOf([{ ...medium, phase: 'uploading' }], 40)).toBe('[#------]  12% 123.5/987.7 MB uploading');
  });
});
