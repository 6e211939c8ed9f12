/** What this plugin has to know of a checkpoint of twitter-native's. */
export interface CheckpointView {
  /** Ids of the posts of a thread that stand. */
  standing: string[];
  /** How far the post is that is on its way; `undefined` between two parts of a thread. */
  state: string | undefined;
  /** The post that is on its way may stand: whoever begins it anew may post it twice. */
  inDoubt: boolean;
}

/** States in which a post surely is not out. */
const UNSENT: readonly (string | undefined)[] = ['NEW', 'MEDIA_READY', 'REJECTED'];

/** Reads a checkpoint. One in words that are not known is taken to be of a post that may stand. */
export function readCheckpoint(checkpoint: string): CheckpointView {
  interface Post {
    post?: { state?: string };
  }
  const { kind, published, current, post } = JSON.parse(checkpoint) as Post & {
    kind?: string;
    published?: string[];
    current?: Post;
  };
  const betweenParts = kind === 'thread' && current === undefined;
  const state = (post ?? current?.post)?.state;
  return { standing: published ?? [], state, inDoubt: !betweenParts && !UNSENT.includes(state) };
}
