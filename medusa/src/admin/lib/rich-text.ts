/** A run of a post's text; links, hashtags, mentions and cashtags are coloured. */
export interface TextRun {
  text: string;
  isLink: boolean;
}

const LINKED =
  /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}_])[#＃][\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*|(?<![\w@])@\w{1,15}|(?<![\w$])\$[A-Za-z]{1,6}(?![\w.])/gu;
const SHOWN_URL = 32;

/** X leaves the scheme of a link out, and cuts it short. */
function shown(link: string): string {
  if (!link.startsWith('http')) return link;
  const bare = link.replace(/^https?:\/\/(www\.)?/, '');
  return bare.length > SHOWN_URL ? `${bare.slice(0, SHOWN_URL)}…` : bare;
}

/** Splits a text for the preview. What counts as a link is X's to say; this is near enough to look at. */
export function runsOf(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const match of text.matchAll(LINKED)) {
    if (match.index > from) runs.push({ text: text.slice(from, match.index), isLink: false });
    runs.push({ text: shown(match[0]), isLink: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ text: text.slice(from), isLink: false });
  return runs;
}
