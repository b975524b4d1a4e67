/** The messages that attacks are made from are valid: otherwise no attack on them would prove anything. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judgeTable } from '../../building/attack.ts';
import {
  addressing,
  attacker,
  attackerKeyInfo,
  body,
  certificateKeyInfo,
  envelope,
  goodEnvelope,
  goodMessage,
  KEYS,
  samlResponse,
  signedAssertion,
  signer,
} from '../../building/good-message.ts';
import { signatureXml } from '../../building/signature.ts';

judgeTable('good messages', [
  {
    id: 'good',
    what: 'Body, Timestamp and token signed',
    message: () => goodEnvelope(),
    headline: 'valid',
    axes: { signature: 'pass', coverage: 'full', trust: 'pass', freshness: 'pass' },
  },
  {
    id: 'good',
    what: 'addressing headers signed as well',
    headline: 'valid',
    message: () => {
      const to = addressing('To', 'to', 'urn:service');
      const good = goodMessage();
      const signature = signatureXml({
        references: [
          { uri: '#body', octets: good.body },
          { uri: '#ts', octets: good.timestamp },
          { uri: '#to', octets: to },
        ],
        signer,
        keyInfo: certificateKeyInfo(),
      });
      return envelope({ body: good.body, beforeSecurity: to, security: [good.timestamp, signature] });
    },
  },
  {
    id: 'good',
    what: 'a SAML response with a signed assertion',
    message: () => samlResponse(signedAssertion('a1', 'alice')),
    headline: 'valid',
    axes: { coverage: 'full', trust: 'pass' },
  },
  { id: 'good', what: 'a SAML assertion alone', message: () => signedAssertion('a1', 'alice'), headline: 'valid' },
  {
    id: 'stranger',
    what: 'the same message signed by a stranger',
    headline: 'valid-untrusted',
    message: () =>
      envelope({
        body: body('body'),
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: body('body') }],
            signer: attacker,
            keyInfo: attackerKeyInfo,
          }),
        ],
      }),
    axes: { trust: 'fail', coverage: 'full' },
  },
]);

describe('the oracle', () => {
  const found = spawnSync('xmlsec1', ['--version']).status === 0;
  it.skipIf(!found)('xmlsec1 verifies the good message (skipped where xmlsec1 is absent)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'attacks-'));
    try {
      const file = join(folder, 'good.xml');
      writeFileSync(file, goodEnvelope());
      execFileSync(
        'xmlsec1',
        [
          '--verify',
          '--pubkey-cert-pem',
          fileURLToPath(new URL('server-rsa2048.crt.pem', KEYS)),
          '--id-attr:Id',
          'Body',
          '--id-attr:Id',
          'Timestamp',
          '--id-attr:Id',
          'BinarySecurityToken',
          file,
        ],
        { stdio: 'pipe' },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(found).toBe(true);
  });
});
