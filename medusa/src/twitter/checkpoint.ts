import { type CheckpointInspection, inspectCheckpoint } from 'twitter-native';

/** What this plugin wants to know of a checkpoint. */
export type CheckpointView = Pick<CheckpointInspection, 'inDoubt' | 'published'> &
  Partial<Pick<CheckpointInspection, 'state'>>;

/**
 * Reads a checkpoint. One that this version of twitter-native can't read, as a newer one may have left it in the row, is
 * taken to be of a post that may stand.
 */
export function readCheckpoint(checkpoint: string): CheckpointView {
  try {
    return inspectCheckpoint(checkpoint);
  } catch {
    return { inDoubt: true, published: [] };
  }
}
