/** Where the backend is; the dashboard's bundler writes it in, for plugins too. */
declare const __BACKEND_URL__: string | undefined;
/** How the dashboard signs in. */
declare const __AUTH_TYPE__: 'session' | 'jwt' | undefined;
/** Under which key the dashboard keeps its token, with `jwt`. */
declare const __JWT_TOKEN_STORAGE_KEY__: string | undefined;
