declare module 'oauth-sign' {
  /** The signature of a request whose parameters are all that is signed. */
  export function hmacsign(
    method: string,
    baseUrl: string,
    parameters: Record<string, string>,
    consumerSecret: string,
    tokenSecret: string,
  ): string;
  export function rfc3986(text: string): string;
}
