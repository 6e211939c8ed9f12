// Where the time and memory go of what does not reach its aim, as profiles showed.

/** @type {Array<{ of: RegExp, title: string, cause: string }>} */
const CAUSES = [
  {
    of: /^posts-/,
    title: 'Posts without TLS',
    cause:
      'each has a connection of its own, which takes as much of the CPU as the post. Only answers that name their request, as ' +
      "HTTP/2's do, could share one. Far away the next connections are opened ahead, so that it shows in the CPU alone.",
  },
  {
    of: /^tls-posts-in-turn/,
    title: 'Posts over TLS, one after another',
    cause:
      "each goes from JavaScript's thread to the runtime's and back: two switches of threads, which a library in JavaScript does " +
      'not have. The kernel, which makes them, takes a fifth of the CPU; the rest is as with many at once.',
  },
  {
    of: /^tls-posts-at-once/,
    title: 'Posts over TLS, many at once',
    cause:
      "two fifths of the CPU are JavaScript's thread, which reads arguments and settles promises through Node-API; the rest is " +
      'spread over h2, rustls, signing and redaction, where no function takes a twentieth. Memory management is a fifth of all: ' +
      'with mimalloc posts took a fifth less, and every process 10 MB more.',
  },
  {
    of: /images-warm/,
    title: 'Pictures, warm',
    cause:
      'two fifths of the CPU are SHA-256 of what goes up, by which a checkpoint knows its source again. BLAKE3 took an eighth of ' +
      "all off, but has no SIMD in Rust for ARM. The rest are the kernel's copies and one of ours.",
  },
  {
    of: /^video-512mib/,
    title: 'A large video',
    cause: "nearly all of it is the kernel's copying; the relay looks at nothing, digests nothing and keeps no budget.",
  },
  {
    of: /^videos-/,
    title: 'Many videos at once',
    cause:
      'beside the budget of 32 MiB each download holds up to 0.8 MB in the HTTP client, which reads ahead into a buffer that ' +
      'reqwest lets nobody limit.',
  },
  {
    of: /signing/,
    title: 'Signatures',
    cause:
      'reading the URL, HMAC-SHA1, the nonce and the texts through Node-API each take a part, and none stands out. The sooner an ' +
      'engine has compiled the others, the smaller the difference: short runs show less of it.',
  },
  {
    of: /^loading/,
    title: 'Loading',
    cause:
      'Node takes a third of it to find two packages, and the system a fifth to map the binary. The JavaScript is one file, and ' +
      'what few programs use is loaded later.',
  },
  {
    of: /^addon$/,
    title: "The addon's file",
    cause:
      'what prepares pictures is 1.2 MB of it, decoders and encoders above all; the core is 1.2 MB, what the standard library is ' +
      'made into for all of it as much, and TLS 0.6 MB.',
  },
];

/** Why the aims of these scenarios are missed, as far as it is known. @param {string[]} missed names */
export function causesOf(missed) {
  const known = CAUSES.filter(({ of }) => missed.some((name) => of.test(name)));
  if (known.length === 0) return '';
  return `Why:\n\n${known.map(({ title, cause }) => `- ${title}: ${cause}`).join('\n')}\n\n`;
}
