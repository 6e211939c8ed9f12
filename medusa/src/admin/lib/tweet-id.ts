/** The id in what a person pasted: the id itself, or an address of the post. */
export function tweetIdOf(pasted: string): string | null {
  const text = pasted.trim();
  return /^\d+$/.exec(text)?.[0] ?? /\/status(?:es)?\/(\d+)/.exec(text)?.[1] ?? null;
}

/** Where a post of an account is on X. */
export const tweetAddress = (id: string, username = 'i') => `https://x.com/${username}/status/${id}`;
