/**
 * The HTTP headers that keep the page to itself: no network after load, no eval, no framing (docs/limits.md, "What the
 * page closes", measured in Chromium).
 */

/**
 * Monaco's own Trusted Types policies must all be named: a missing one is a TypeError at load (`dompurify`: no hover
 * card). The `wsd-` ones are ours, for the two workers.
 */
const TRUSTED_TYPES = [
  'wsd-worker',
  'wsd-editor-worker',
  'defaultWorkerFactory',
  'diffEditorWidget',
  'diffReview',
  'domLineBreaksComputer',
  'dompurify',
  'editorGhostText',
  'editorViewLayer',
  'richScreenReaderContent',
  'standaloneColorizer',
  'stickyScrollViewLayer',
  'tokenizeToString',
];

/**
 * Monaco writes style elements and style attributes; with img, font and connect closed no CSS can send anything away.
 */
const DOCUMENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "script-src-attr 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "child-src 'none'",
  "object-src 'none'",
  "media-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types ${TRUSTED_TYPES.join(' ')}`,
].join('; ');

const WORKER_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const PERMISSIONS = [
  'camera=()',
  'microphone=()',
  'geolocation=()',
  'usb=()',
  'serial=()',
  'hid=()',
  'payment=()',
  'clipboard-read=(self)',
  'clipboard-write=(self)',
  'display-capture=()',
].join(', ');

/** Headers for a response: `worker` for worker scripts and what they import, `document` for everything else. */
export function responseHeaders(kind: 'document' | 'worker'): Record<string, string> {
  return {
    'Content-Security-Policy': kind === 'worker' ? WORKER_POLICY : DOCUMENT_POLICY,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    'Permissions-Policy': PERMISSIONS,
  };
}
