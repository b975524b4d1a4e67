/** Brings in what judging asks for only now and then, so that from then on the worker needs no network at all. */

const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('../../engine/diagnosis/explain.ts'),
  () => import('../../engine/diagnosis/decryption/explain-decryption.ts'),
  () => import('../../engine/encryption/decrypt-message.ts'),
  () => import('../../engine/crypto/decryption-web.ts'),
  () => import('../../engine/crypto/ecdsa.ts'),
  () => import('../../engine/crypto/eddsa.ts'),
  () => import('../../engine/transforms/xpath-transform.ts'),
  () => import('../../engine/transforms/xpath-filter.ts'),
  () => import('../../engine/keystore/encrypted-pkcs8.ts'),
  () => import('../../engine/keystore/java-keystore.ts'),
  () => import('../../engine/keystore/json-web-key.ts'),
  () => import('../../engine/keystore/openssl-pem.ts'),
  () => import('../../engine/keystore/pkcs12.ts'),
  () => import('../../engine/keystore/private-key.ts'),
  () => import('../../engine/keystore/xml-keys.ts'),
  () => import('../../engine/certificates/certificate-view.ts'),
  () => import('../../second-opinion/second-opinion.ts'),
];

/**
 * Begins and does not wait: no job of the queue stands behind the network. A part that does not come is asked for again
 * when it is used.
 */
export function preloadParts(): void {
  for (const part of PARTS) void part().catch(() => undefined);
}
