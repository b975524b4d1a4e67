/** What is remembered of certificates: the same answer to the same question, and to no other. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { CertificateMemory } from '../../../src/engine/certificates/certificate-memory.ts';
import { buildPaths } from '../../../src/engine/certificates/path.ts';
import type { PathRequest } from '../../../src/engine/certificates/path-request.ts';
import type { TrustAnchor } from '../../../src/engine/certificates/path-types.ts';
import type { CryptoProvider } from '../../../src/engine/crypto/provider.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import { certificateOf, derOf } from './certificate-tools.ts';

const KEYS = fileURLToPath(new URL('../../fixtures/messages/keys/', import.meta.url));
const leaf = certificateOf(join(KEYS, 'client-rsa2048.crt.pem'));
const root = certificateOf(join(KEYS, 'trust.pem'));
const AT = Date.UTC(2026, 10, 23);
const anchor: TrustAnchor = { certificate: root, publicKey: root.publicKey };

/** Counts the signatures that are checked. */
function counting(): { readonly memory: CertificateMemory; checked(): number } {
  const crypto = createCryptoProvider(null);
  let count = 0;
  const verify: CryptoProvider['verify'] = (...call) => {
    count += 1;
    return crypto.verify(...call);
  };
  return { memory: new CertificateMemory({ ...crypto, verify }), checked: () => count };
}

const question = (memory: CertificateMemory, more: Partial<PathRequest> = {}) =>
  buildPaths({ leaf, pool: [], anchors: [anchor], crls: [], at: AT, memory, budget: new Budget(), ...more });

it('answers the same question once, and checks each signature once whatever is asked', async () => {
  const { memory, checked } = counting();
  const first = await question(memory);
  expect(first.status).toBe('pass');
  const spent = checked();
  expect(spent).toBeGreaterThan(0);
  expect(await question(memory)).toBe(first);
  const later = await question(memory, { at: AT + 1 });
  expect([later.status, later === first, checked()]).toEqual(['pass', false, spent]);
  expect(await question(counting().memory)).toEqual(first);
});

it('never carries trust, time, lists or bounds over to another question', async () => {
  const { memory } = counting();
  expect((await question(memory)).status).toBe('pass');
  expect((await question(memory, { anchors: [] })).status).toBe('unknown');
  expect((await question(memory, { anchors: [], pool: [root] })).status).toBe('unknown');
  const bare: TrustAnchor = { certificate: null, publicKey: leaf.publicKey };
  expect((await question(memory, { anchors: [bare] })).anchor).toEqual(bare);
  expect((await question(memory, { at: leaf.notAfter + 1 })).status).toBe('fail');
  expect((await question(memory, { revocationRequired: true })).status).toBe('fail');
  const lists = await question(memory, { crls: [derOf(join(KEYS, 'ca.crl.pem'))] });
  expect(lists.certificates.flatMap(({ checks }) => checks.map(({ check }) => check))).toContain('revocation');
  expect((await question(memory)).status).toBe('pass');
});

it('reads the same octets once, keeps a copy of its own, and what is no certificate as well', () => {
  const { memory } = counting();
  const octets = Uint8Array.from(leaf.der);
  expect(memory.known(octets)).toBeNull();
  const read = memory.read(octets);
  expect(read).toEqual({ ok: true, certificate: leaf });
  octets.fill(0);
  expect(memory.read(leaf.der)).toBe(read);
  expect(read.ok && read.certificate.der).toEqual(leaf.der);
  expect(memory.known(leaf.der)).toBe(read.ok ? read.certificate : null);
  const damaged = leaf.der.subarray(0, -1);
  expect(memory.read(damaged)).toMatchObject({ ok: false, problem: { code: 'certificate-not-der' } });
  expect(memory.known(damaged)).toBeNull();
});
