// Files of Medusa's own S3 provider, as a MinIO in a private network has them.
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import { probeMedia, publishTweetWithMedia } from 'twitter-native';
import type TwitterModuleService from '../src/modules/twitter/service';
import { attachFiles, sourceOf, withShopFiles } from '../src/twitter/shop-files';
import { startFakeS3 } from '../testing/fake-s3';
import { useSandbox } from '../testing/sandbox';

const FileModuleService = require('@medusajs/file/dist/services/file-module-service').default;
const FileProviderService = require('@medusajs/file/dist/services/file-provider-service').default;
const { S3FileService } = require('@medusajs/file-s3/dist/services/s3-file');

describe('files of an S3 in a private network', () => {
  const sandbox = useSandbox();
  let s3: Awaited<ReturnType<typeof startFakeS3>>;

  beforeAll(async () => {
    s3 = await startFakeS3();
  });
  afterAll(() => s3.close());

  /** A service in a shop whose file module has Medusa's S3 provider, with `file_url` as given. */
  function shopWith(file_url: string) {
    const options = {
      ...{ file_url, bucket: 'shop', region: 'us-east-1', endpoint: s3.url },
      ...{ access_key_id: 'the-shop', secret_access_key: 'secret' },
      additional_client_config: { forcePathStyle: true },
    };
    const provider = new S3FileService({ logger: console }, options);
    const files = new FileModuleService({ fileProviderService: new FileProviderService({ fs_s3: provider }) });
    const config = { modules: { [Modules.FILE]: { options: { providers: [{ options }] } } } };
    const registered: Record<string, unknown> = {
      [Modules.FILE]: files,
      [ContainerRegistrationKeys.CONFIG_MODULE]: config,
    };
    const service = { itself: () => service } as unknown as TwitterModuleService;
    attachFiles(service, { resolve: (key: string) => registered[key] } as Parameters<typeof attachFiles>[1]);
    return { service, files };
  }

  /** Without what the sandbox allows to all of this process. */
  async function asInProduction<Result>(run: () => Promise<Result>): Promise<Result> {
    const { X_MEDIA_ALLOW_HTTP, X_MEDIA_ALLOW_PRIVATE_NETWORKS } = process.env;
    delete process.env.X_MEDIA_ALLOW_HTTP;
    delete process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS;
    try {
      return await run();
    } finally {
      Object.assign(process.env, { X_MEDIA_ALLOW_HTTP, X_MEDIA_ALLOW_PRIVATE_NETWORKS });
    }
  }

  describe.each([
    ['at the bucket', () => `${s3.url}/shop`],
    ['at a public name in front of it', () => 'https://cdn.shop.example'],
  ])('with file_url %s', (_, fileUrl) => {
    const upload = async ({ files }: ReturnType<typeof shopWith>) => {
      const picture = await (await fetch(`${sandbox.current.url}/media/jpeg`)).arrayBuffer();
      const content = Buffer.from(picture).toString('base64');
      return files.createFiles({ filename: 'oak lamp (1).jpg', mimeType: 'image/jpeg', content, access: 'public' });
    };

    it('a picture there is published, read with the shop’s own key', async () => {
      const shop = shopWith(fileUrl());
      const file = await upload(shop);
      const user = sandbox.current.seedUser();
      s3.requests.length = 0;
      await asInProduction(async () => {
        const content = { text: `From ${fileUrl()}`.slice(0, 20), media: [{ url: file.url, altText: 'The lamp' }] };
        const [post] = await withShopFiles(shop.service, [content]);
        await publishTweetWithMedia(post, user.oauth2.accessToken);
      });
      expect(sandbox.current.ledger.tweets().at(-1)).toMatchObject({ media: [{ altText: 'The lamp' }] });
      expect(s3.requests).toEqual([{ method: 'GET', path: `/shop/${file.id}`, signedBy: 'the-shop' }]);
    });

    it('nothing else at that host is read because staff typed it', async () => {
      const { service } = shopWith(fileUrl());
      s3.requests.length = 0;
      const typed = [
        `${s3.url}/other-bucket/lamp.jpg`,
        `${s3.url}/`,
        `${s3.url}/shop`,
        `${s3.url}/shop/../other-bucket/lamp.jpg`,
        `${s3.url}/minio/health/live`,
        `${s3.url.replace('127.0.0.1', '127.0.0.2')}/shop/lamp.jpg`,
        `${s3.url.replace(/\d+$/, '1')}/shop/lamp.jpg`,
        `${s3.url.replace('http', 'https')}/shop/lamp.jpg`,
        `${sandbox.current.url}/media/jpeg`,
      ];
      for (const url of typed) {
        expect(await sourceOf(service, url)).toEqual({ url });
        const failure = await asInProduction(() => probeMedia(url).catch((error) => error));
        expect([url, failure.code]).toEqual([url, expect.stringMatching(/^(MEDIA_FORBIDDEN_HOST|INVALID_ARGUMENT)$/)]);
      }
      expect(s3.requests).toEqual([]);
    });
  });
});
