import type { MediaProgress, PublishContent } from 'twitter-native';
import { readCheckpoint } from '../twitter/checkpoint';
import type { MediaProgressView, ProgressView } from '../types/http';

/** How far a publish is, as the intent's row keeps it. */
export type StoredProgress = Pick<ProgressView, 'phase' | 'part' | 'parts' | 'media'>;

/** Writes at most this often, whatever the number of events. */
const WRITE_EVERY_MS = 300;
/** A sign of life where nothing happens: a third of a lease. */
const HEARTBEAT_MS = 10_000;

/** Keeps how far a publish is, and hands it on now and then. */
export class ProgressLog {
  readonly #write: (progress: StoredProgress) => Promise<unknown>;
  readonly #mediaOf: number[];
  readonly #heartbeat: NodeJS.Timeout;
  #part = 0;
  /** X's answer to the post was lost. */
  #isLost = false;
  #media = new Map<number, MediaProgressView>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  /** @param write must not reject */
  constructor(parts: PublishContent[], write: (progress: StoredProgress) => Promise<unknown>) {
    this.#write = write;
    this.#mediaOf = parts.map(({ media }) => media?.length ?? 0);
    this.#heartbeat = setInterval(() => this.#later(0), HEARTBEAT_MS);
    this.#later(0);
  }

  /** twitter-native's `onProgress`. */
  readonly onProgress = ({ mediaIndex, phase, bytesSent, totalBytes, processingPercent }: MediaProgress): void => {
    this.#media.set(mediaIndex, {
      media_index: mediaIndex,
      phase,
      bytes_sent: bytesSent,
      total_bytes: totalBytes,
      ...(processingPercent === undefined ? {} : { processing_percent: processingPercent }),
    });
    this.#later(WRITE_EVERY_MS);
  };

  /** Is told of each checkpoint: in a thread, the next part begins with an empty list of media. */
  onCheckpoint(checkpoint: string): void {
    const { published, state } = readCheckpoint(checkpoint);
    const part = Math.min(published.length, this.#mediaOf.length - 1);
    const isLost = state === 'UNKNOWN';
    if (part === this.#part && isLost === this.#isLost) return;
    if (part !== this.#part) this.#media = new Map();
    this.#part = part;
    this.#isLost = isLost;
    this.#later(WRITE_EVERY_MS);
  }

  /** How far it is now. */
  current(): StoredProgress {
    const media = [...this.#media.values()].sort((a, b) => a.media_index - b.media_index);
    const ready = media.filter(({ phase }) => phase === 'ready').length;
    const sending = ready === (this.#mediaOf[this.#part] ?? 0) ? 'posting' : 'media';
    return { phase: this.#isLost ? 'reconciling' : sending, part: this.#part, parts: this.#mediaOf.length, media };
  }

  /** Ends with the last write done. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    await this.#writing;
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#writing = this.#writing
        .then(() => this.#write(this.current()))
        .finally(() => {
          this.#timer = undefined;
        });
    }, ms);
  }
}
