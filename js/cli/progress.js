'use strict';

/** A line is drawn no more often than this. */
const MIN_INTERVAL_MS = 100;
/** The bar's longest and shortest form; below the shortest the figures stand alone. */
const MAX_BAR = 32;
const MIN_BAR = 6;
/** What a terminal that does not tell its width is taken for. */
const USUAL_COLUMNS = 80;
const MB = 1_000_000;
const ERASE_LINE = '\r\u001b[K';

/** @typedef {import('../../index.js').MediaProgress} MediaProgress */

/**
 * The line for what is under way, never as long as the screen is wide: a line that wraps is added to, not drawn over.
 * It is of ASCII alone, whose letters are one column wide in every terminal.
 * @param {MediaProgress[]} media
 * @param {number} columns
 */
function lineOf(media, columns) {
  const sent = media.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  const total = media.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const share = total === 0 ? 1 : Math.min(1, sent / total);
  const percent = `${String(Math.floor(share * 100)).padStart(3)}%`;
  const size = ` ${(sent / MB).toFixed(1)}/${(total / MB).toFixed(1)} MB`;
  const words = ` ${wordsOf(media)}`;
  const room = columns - 1;
  const tail = [size + words, words, ''].find((text) => percent.length + text.length + MIN_BAR + 3 <= room);
  if (tail === undefined) return percent.slice(0, Math.max(0, room));
  const width = Math.min(MAX_BAR, room - percent.length - tail.length - 3);
  const done = Math.round(share * width);
  return `[${'#'.repeat(done)}${'-'.repeat(width - done)}] ${percent}${tail}`;
}

/** @param {MediaProgress[]} media */
function wordsOf(media) {
  const waiting = media.filter(({ phase }) => phase === 'processing');
  if (media.some(({ phase }) => phase === 'uploading')) return 'uploading';
  if (waiting.length === 0) return 'posting';
  const percent = waiting.at(-1)?.processingPercent;
  return percent === undefined ? 'X processes it' : `X processes it: ${Math.round(percent)}%`;
}

/** A progress bar on a terminal; in a pipe nothing at all. */
class ProgressBar {
  /** @type {Map<number, MediaProgress>} */
  #media = new Map();
  #drawnAt = 0;
  #isDrawn = false;

  /** @param {NodeJS.WriteStream} stream @param {boolean} isWanted */
  constructor(stream, isWanted) {
    this.stream = stream;
    this.isShown = isWanted && stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  /** @param {MediaProgress} event */
  show(event) {
    if (!this.isShown) return;
    const known = this.#media.get(event.mediaIndex);
    // The next part of a thread counts its media from 0 again.
    if (known?.phase === 'ready' && event.phase !== 'ready') this.#media.clear();
    this.#media.set(event.mediaIndex, event);
    const isNew = known?.phase !== event.phase;
    if (!isNew && performance.now() - this.#drawnAt < MIN_INTERVAL_MS) return;
    this.#drawnAt = performance.now();
    this.#isDrawn = true;
    // A terminal of no width is one that does not tell it.
    this.stream.write(`${ERASE_LINE}${lineOf([...this.#media.values()], this.stream.columns || USUAL_COLUMNS)}`);
  }

  /** Takes the bar away, so that something else can be written. */
  clear() {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    this.stream.write(ERASE_LINE);
  }
}

module.exports = { ProgressBar, lineOf };
