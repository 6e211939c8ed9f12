import { publishTweetWithMedia, TwitterError } from 'twitter-native';

export const dynamic = 'force-dynamic';

export async function POST() {
  const { TEXT, TOKEN, PICTURE } = process.env;
  const bytes = new Uint8Array(await (await fetch(PICTURE)).arrayBuffer());
  const media = [
    { url: PICTURE, altText: 'From an address' },
    { data: bytes, altText: 'From memory' },
  ];
  try {
    return Response.json(await publishTweetWithMedia({ text: TEXT, media }, TOKEN));
  } catch (error) {
    return Response.json({ message: String(error), known: error instanceof TwitterError }, { status: 500 });
  }
}
