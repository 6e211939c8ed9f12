import { createRequire } from 'node:module';
import { join } from 'node:path';
import { normalizeImportPathWithSource } from '@medusajs/framework/utils';
import { TWITTER_MODULE } from '..';
import { PLUGIN, refusal } from './refuse';

interface Exported {
  service?: { plugin?: string };
}

/** What a module's `resolve` exports, as Medusa reads it; `undefined` if that can't be found, which Medusa says. */
function exported(resolve: unknown, baseDir: string): Exported | undefined {
  if (typeof resolve !== 'string') return resolve as Exported | undefined;
  try {
    const found = createRequire(join(baseDir, 'medusa-config.js'))(normalizeImportPathWithSource(resolve, baseDir));
    return found.default ?? found;
  } catch {
    return undefined;
  }
}

/**
 * Makes sure that the module under the plugin's key is the plugin's. Of two modules of one key Medusa takes the
 * project's without a word: the plugin's migrations would never run, and its jobs would fail each minute.
 */
export function requireOwnModule(modules: Record<string, unknown> | undefined, baseDir: string): void {
  const declared = modules?.[TWITTER_MODULE];
  if (typeof declared !== 'object' || declared === null) return;
  const { resolve, disable } = declared as { resolve?: unknown; disable?: boolean };
  if (disable) throw refusal(`the module "${TWITTER_MODULE}" is disabled: remove ${PLUGIN} from the plugins instead`);
  const found = exported(resolve, baseDir);
  if (found === undefined || found.service?.plugin === PLUGIN) return;
  throw refusal(
    `the project has a module of its own with the key "${TWITTER_MODULE}" (${String(resolve)}), which is the ` +
      "plugin's: give that module another key",
  );
}
