// X's own XDK for TypeScript.

/** @typedef {import('../lib/types.d.ts').Library} Library */

const SEGMENT_BYTES = 4 * 1024 * 1024;
/** @type {any} */
let library;

/** @type {Library['load']} */
export async function load() {
  library = await import('@xdevplatform/xdk');
}

/** @type {Library['open']} */
export function open({ api, bearer, credentials }) {
  const { Client, OAuth1 } = library;
  const oauth1 = new OAuth1({ callback: 'oob', ...credentials });
  const { media, posts } = new Client({ baseUrl: api, oauth1 });
  const reader = new Client({ baseUrl: api, bearerToken: bearer }).posts;

  /** @param {Buffer} bytes */
  async function uploadVideo(bytes) {
    const begun = { mediaType: 'video/mp4', totalBytes: bytes.length, mediaCategory: 'tweet_video' };
    const { id } = (await media.initializeUpload(begun)).data;
    for (let at = 0, index = 0; at < bytes.length; at += SEGMENT_BYTES, index += 1) {
      const segment = bytes.subarray(at, at + SEGMENT_BYTES).toString('base64');
      await media.appendUpload(id, { media: segment, segmentIndex: index });
    }
    let { data } = await media.finalizeUpload(id);
    while (data.processingInfo && data.processingInfo.state !== 'succeeded') {
      const { checkAfterSecs } = data.processingInfo;
      await new Promise((resolve) => setTimeout(resolve, checkAfterSecs * 1000));
      data = (await media.getUploadStatus(id, { command: 'STATUS' })).data;
    }
    return id;
  }

  return {
    post: (text, mediaIds) => posts.create(mediaIds ? { text, media: { mediaIds } } : { text }),
    async upload(url, kind) {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      if (kind === 'video') return uploadVideo(bytes);
      const { data } = await media.upload({ media: bytes.toString('base64'), mediaCategory: 'tweet_image' });
      return data.id;
    },
    async likes(ids) {
      const { data } = await reader.getByIds(ids, { postFields: ['public_metrics'] });
      return data.map((/** @type {any} */ post) => post.publicMetrics.likeCount);
    },
    sign: (url) => oauth1.buildRequestHeader('POST', url),
  };
}
