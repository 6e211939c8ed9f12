// Posts and ends: nothing may keep the process alive.
import TwitterService, * as everything from '../../../index.mjs';
import { createTweet, TwitterService as Named, TwitterError } from '../../../index.mjs';

const { text } = await createTweet({ text: `From ESM ${process.argv[2]}` }, process.argv[3]);
const error = await createTweet({ text: '' }, process.argv[3]).catch((rejection) => rejection);
console.log(
  JSON.stringify({
    text,
    isDefault: TwitterService === Named,
    isError: error instanceof TwitterError,
    names: Object.keys(everything).sort(),
  }),
);
