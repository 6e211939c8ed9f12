import type { IntentStatus, MediaProgress, PublishContent } from 'twitter-native';
import type { MediaProgressView, ProgressView } from '../types/http';

/** How far a publish is, as the intent's row keeps it. */
export type StoredProgress = Pick<ProgressView, 'phase' | 'part' | 'parts' | 'media'>;

/** Writes at most this often, whatever the number of events. */
const WRITE_EVERY_MS = 300;

/** Keeps how far a publish is, and hands it on now and then. */
export class ProgressLog {
  readonly #write: (progress: StoredProgress) => Promise<unknown>;
  readonly #mediaOf: number[];
  #part = 0;
  /** X's answer to the post was lost. */
  #isLost = false;
  #media = new Map<number, MediaProgressView>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #looking: Promise<unknown> = Promise.resolve();

  /** @param write must not reject */
  constructor(parts: PublishContent[], write: (progress: StoredProgress) => Promise<unknown>) {
    this.#write = write;
    this.#mediaOf = parts.map(({ media }) => media?.length ?? 0);
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

  /**
   * Looks how far the intent is, after each of its writes: in a thread, the next part begins with an empty list of media.
   */
  onStore(status: () => Promise<Pick<IntentStatus, 'published' | 'postState'>>): void {
    this.#looking = this.#looking.then(status).then(
      (seen) => this.#note(seen),
      // It is looked again after the next write.
      () => {},
    );
  }

  #note({ published, postState }: Pick<IntentStatus, 'published' | 'postState'>): void {
    const part = Math.min(published.length, this.#mediaOf.length - 1);
    const isLost = postState === 'UNKNOWN';
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
    await this.#looking;
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
