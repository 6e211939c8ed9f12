import { Readable } from 'node:stream';
import type { IFileModuleService, MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import type { MediaInput, MediaObject, PublishContent } from 'twitter-native';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';

/** The shop's file module, and where its providers are configured to have their files. */
interface ShopFiles {
  files: IFileModuleService | undefined;
  /** Addresses that end with `/`. */
  bases: string[];
}

const shopFilesOf = perService((): { current: ShopFiles | undefined } => ({ current: undefined }));

interface ProviderConfig {
  options?: { file_url?: string; backend_url?: string };
}

function basesOf(container: Pick<MedusaContainer, 'resolve'>): string[] {
  const { modules = {} } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE);
  const { options } = (modules[Modules.FILE] ?? {}) as { options?: { providers?: ProviderConfig[] } };
  return (options?.providers ?? [])
    .flatMap((provider) => [provider.options?.file_url, provider.options?.backend_url])
    .filter((base): base is string => typeof base === 'string' && URL.canParse(base))
    .map((base) => `${new URL(base).href.replace(/\/+$/, '')}/`);
}

/** Lets a service read the shop's files: a module of Medusa's sees no other module, the shop's container does. */
export function attachFiles(twitter: TwitterModuleService, container: Pick<MedusaContainer, 'resolve'>): void {
  const holder = shopFilesOf(twitter);
  holder.current ??= {
    files: container.resolve<IFileModuleService | undefined>(Modules.FILE, { allowUnregistered: true }),
    bases: basesOf(container),
  };
}

/** Files that the shop keeps to itself have this before their name, as Medusa's local provider writes it. */
const PRIVATE = /(^|\/)private-/;

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Keys that a URL's file may have: what follows a configured base, else each end of its path. */
function* keysOf({ bases }: ShopFiles, url: URL): Generator<{ key: string; isSure: boolean }> {
  const address = url.origin + url.pathname;
  for (const base of bases) {
    const key = address.startsWith(base) ? decoded(address.slice(base.length)) : undefined;
    if (key) yield { key, isSure: true };
  }
  const segments = url.pathname.split('/').filter(Boolean);
  for (let from = 0; from < segments.length; from += 1) {
    const key = decoded(segments.slice(from).join('/'));
    if (key) yield { key, isSure: false };
  }
}

/** Whether the file module itself gives this address for a key. */
async function isAddressOf(files: IFileModuleService, key: string, url: URL): Promise<boolean> {
  try {
    const own = new URL((await files.retrieveFile(key)).url);
    return own.origin === url.origin && own.pathname === url.pathname;
  } catch {
    // It has no such file.
    return false;
  }
}

/** The key of a file of the shop's own file module; `undefined` for every other address. */
async function keyOf(shop: ShopFiles, address: string): Promise<string | undefined> {
  if (shop.files === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  for (const { key, isSure } of keysOf(shop, url)) {
    const isOdd = PRIVATE.test(key) || key.split('/').includes('..') || key.includes('\0');
    if (!isOdd && (isSure || (await isAddressOf(shop.files, key, url)))) return key;
  }
  return undefined;
}

/**
 * Where a medium is to be read from: a file of the shop's file module by that module, whatever network its address is
 * in; everything else by its address, under the client's `mediaPolicy`. The file is opened when it is first read.
 */
export async function sourceOf(twitter: TwitterModuleService, url: string): Promise<MediaObject> {
  const shop = shopFilesOf(twitter).current;
  const key = shop && (await keyOf(shop, url));
  const files = shop?.files;
  if (files === undefined || key === undefined) return { url };
  async function* read(): AsyncGenerator<Uint8Array> {
    yield* await (files as IFileModuleService).getDownloadStream(key as string);
  }
  // Its name distinguishes it from other files when a publish is resumed.
  return { stream: Readable.from(read(), { objectMode: false }), filename: key };
}

async function opened(twitter: TwitterModuleService, medium: MediaInput): Promise<MediaInput> {
  if (typeof medium === 'string' || !('url' in medium)) return medium;
  const { url, ...details } = medium;
  return { ...details, ...(await sourceOf(twitter, url)) };
}

/** Parts of a post with each medium at its source. A stream is read once: ask anew for each publish. */
export async function withShopFiles(
  twitter: TwitterModuleService,
  parts: [PublishContent, ...PublishContent[]],
): Promise<[PublishContent, ...PublishContent[]]> {
  const open = async (part: PublishContent): Promise<PublishContent> =>
    part.media === undefined
      ? part
      : { ...part, media: await Promise.all(part.media.map((medium) => opened(twitter, medium))) };
  const [first, ...rest] = parts;
  return [await open(first), ...(await Promise.all(rest.map(open)))];
}
