//! Owns the page policies under which the demo feed is served; never opens a socket.
//!
//! Each is built after a policy that was reported in public for the site it names (hosts shortened to those that matter).
//! What differs between them, and what the form that Kibitz runs in depends on, is the script part.

/** Policies by name: `header` and `meta` take `{nonce}` and give a policy, or are absent. */
export const POLICIES = {
  none: {
    about: 'no policy at all',
    wasm: true,
  },
  self: {
    about: 'scripts from the site itself, nothing else',
    wasm: false,
    header: () => "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'",
  },
  strict: {
    about: 'nonce, strict-dynamic and Trusted Types; nothing allowed by default',
    wasm: false,
    header: ({ nonce }) =>
      `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self'; connect-src 'self'; ` +
      "frame-src 'none'; worker-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  },
  'linkedin-2024': {
    about: 'hosts and hashes, no Wasm keyword',
    wasm: false,
    header: () =>
      "default-src *; connect-src 'self' *.licdn.com *.linkedin.com wss://*.linkedin.com blob:; img-src data: blob: 'self' *.licdn.com; " +
      "font-src data: 'self' *.licdn.com; style-src 'unsafe-inline' 'self' *.licdn.com; " +
      "script-src 'report-sample' 'sha256-6gLjSWp3GRKZCUFvX5aGHtECD1wVRgJOJp7r0ZQjV0E=' 'self' static.licdn.com platform.linkedin.com; " +
      "object-src 'none'; media-src blob: 'self' *.licdn.com; child-src blob: 'self' *.licdn.com; frame-ancestors 'self'",
  },
  'linkedin-2025': {
    about: 'a meta element: nonce and strict-dynamic for script elements, Trusted Types',
    wasm: true,
    meta: ({ nonce }) => `script-src-elem 'nonce-${nonce}' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types 'allow-duplicates' default vue dompurify goog#html`,
  },
  'x-2026': {
    about: 'nonce and hosts, Wasm allowed',
    wasm: true,
    header: ({ nonce }) =>
      "connect-src 'self' blob: https://api.x.com https://*.twimg.com wss://*.pscp.tv; default-src 'self'; form-action 'self' https://*.x.com; font-src 'self' https://*.twimg.com; " +
      "frame-src 'self' https://x.com https://*.twimg.com; img-src 'self' blob: data: https://*.twimg.com; manifest-src 'self'; media-src 'self' blob: https://*.twimg.com; object-src 'none'; " +
      `script-src 'self' 'unsafe-inline' https://*.twimg.com https://abs.twimg.com 'wasm-unsafe-eval' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline' https://*.twimg.com; worker-src 'self' blob:`,
  },
  'x-2024': {
    about: 'nonce and hosts, no Wasm keyword',
    wasm: false,
    header: ({ nonce }) =>
      "connect-src 'self' blob: https://api.x.com https://*.twimg.com wss://*.pscp.tv; default-src 'self'; form-action 'self' https://*.x.com; font-src 'self' https://*.twimg.com; " +
      "frame-src 'self' https://x.com https://*.twimg.com; img-src 'self' blob: data: https://*.twimg.com; manifest-src 'self'; media-src 'self' blob: https://*.twimg.com; object-src 'none'; " +
      `script-src 'self' 'unsafe-inline' https://*.twimg.com https://abs.twimg.com 'nonce-${nonce}'; style-src 'self' 'unsafe-inline' https://*.twimg.com; worker-src 'self' blob:`,
  },
  'facebook-2025': {
    about: 'hosts and nonce, Wasm allowed, Trusted Types reported',
    wasm: true,
    header: ({ nonce }) =>
      "default-src data: blob: 'self' https://*.fbsbx.com *.facebook.com *.fbcdn.net; " +
      `script-src 'nonce-${nonce}' *.facebook.com *.fbcdn.net 'self' blob: data: 'wasm-unsafe-eval'; style-src *.fbcdn.net data: *.facebook.com 'self' 'unsafe-inline'; ` +
      "connect-src *.facebook.com *.fbcdn.net wss://*.facebook.com 'self' blob:; img-src 'self' data: blob: *.fbcdn.net; frame-src *.facebook.com data:; object-src 'none'; worker-src blob: *.facebook.com; block-all-mixed-content; upgrade-insecure-requests",
  },
  'instagram-2025': {
    about: 'hosts and nonce, Wasm allowed, nothing from elsewhere',
    wasm: true,
    header: ({ nonce }) =>
      "default-src data: blob: 'self' https://*.fbsbx.com *.facebook.com *.fbcdn.net *.instagram.com; " +
      `script-src 'nonce-${nonce}' *.facebook.com *.fbcdn.net *.instagram.com 'self' blob: data: 'wasm-unsafe-eval'; style-src *.fbcdn.net data: *.instagram.com 'self' 'unsafe-inline'; ` +
      "connect-src *.facebook.com *.fbcdn.net *.instagram.com wss://*.instagram.com 'self' blob:; img-src 'self' data: blob: *.fbcdn.net *.cdninstagram.com; frame-src 'self' *.facebook.com; object-src 'none'; worker-src 'self' blob:; upgrade-insecure-requests",
  },
  'mastodon-4': {
    about: 'nothing but the instance itself, no inline style either, Wasm allowed',
    wasm: true,
    header: ({ nonce }) =>
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; font-src 'self'; img-src 'self' data: blob: https:; " +
      `style-src 'self' 'nonce-${nonce}'; media-src 'self' data: https:; manifest-src 'self'; form-action 'self'; child-src 'self' blob:; worker-src 'self' blob:; connect-src 'self' data: blob: wss:; script-src 'self' 'wasm-unsafe-eval'; frame-src 'self' https:`,
  },
  'youtube-2024': {
    about: 'Trusted Types and nothing else',
    wasm: true,
    header: () => "require-trusted-types-for 'script'",
  },
};

/** The policy that each host is served with unless told otherwise. */
export const BY_HOST = {
  'x.com': 'x-2026', 'www.linkedin.com': 'linkedin-2024', 'www.facebook.com': 'facebook-2025', 'web.facebook.com': 'facebook-2025', 'www.instagram.com': 'instagram-2025', 'www.threads.com': 'instagram-2025', 'social.example': 'mastodon-4', 'glade.example': 'mastodon-4', 'www.youtube.com': 'youtube-2024',
  // Not known of these: the strictest there is.
  'www.reddit.com': 'strict', 'old.reddit.com': 'self', 'www.tiktok.com': 'strict', 'board.example': 'self',
};

/** The policy called `name`; a text with a blank in it is itself a policy. Throws on an unknown name. */
export function policy(name) {
  if (Object.hasOwn(POLICIES, name)) return POLICIES[name];
  if (/\s/.test(name.trim())) return { about: 'given', header: ({ nonce }) => name.trim().replaceAll('{nonce}', nonce) };
  throw new Error(`unknown policy "${name}"; known: ${Object.keys(POLICIES).join(', ')}, or the text of a policy`);
}
