/** An absolute URL, or nothing. `URL.canParse` is newer than some browsers that the dashboard supports. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
