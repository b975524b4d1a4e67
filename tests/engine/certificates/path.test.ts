/** Chains made by openssl, judged by us and by `openssl verify`: both must say what the case says. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../../../src/engine/certificates/certificate.ts';
import { hasTool, openssl, scratchFolder } from '../oracles.ts';
import { certificateOf, derOf, validate } from './certificate-tools.ts';

const DAY = 86_400_000;
const AUTHORITY =
  'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
const END = 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nauthorityKeyIdentifier=keyid\n';

describe.skipIf(!hasTool('openssl'))('certification paths', () => {
  let folder = '';
  const path = (file: string): string => join(folder, file);
  let serial = 1000;

  /** Makes NAME.pem under ISSUER (itself when equal). */
  function make(
    name: string,
    issuer: string,
    extensions: string,
    options: {
      readonly subject?: string;
      readonly days?: number;
      readonly key?: string;
      readonly sign?: readonly string[];
    } = {},
  ): Certificate {
    const { subject = `/O=Path/CN=${name}`, days = 1000, key = 'ec', sign = [] } = options;
    const keys: Readonly<Record<string, readonly string[]>> = {
      ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
      ed25519: ['-algorithm', 'ED25519'],
      p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
    };
    openssl(folder, 'genpkey', ...(keys[key] ?? []), '-out', `${name}.key`);
    openssl(folder, 'req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    writeFileSync(path(`${name}.ext`), extensions);
    const issued = name === issuer ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`];
    openssl(
      folder,
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...issued,
      '-set_serial',
      String(++serial),
      '-days',
      String(days),
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
      ...sign,
    );
    return certificateOf(path(`${name}.pem`));
  }

  /** What `openssl verify` says. */
  function verdict(
    leaf: string,
    intermediates: readonly string[],
    at: number,
    ...options: readonly string[]
  ): 'pass' | 'fail' {
    writeFileSync(
      path('untrusted.pem'),
      intermediates.map((name) => readFileSync(path(`${name}.pem`), 'latin1')).join(''),
    );
    const run = spawnSync(
      'openssl',
      [
        'verify',
        '-attime',
        String(Math.floor(at / 1000)),
        '-CAfile',
        'root.pem',
        '-untrusted',
        'untrusted.pem',
        ...options,
        `${leaf}.pem`,
      ],
      { cwd: folder },
    );
    return run.status === 0 ? 'pass' : 'fail';
  }

  let root: Certificate;
  const now = Date.now() + DAY;
  beforeAll(() => {
    folder = scratchFolder();
    root = make('root', 'root', AUTHORITY);
    make('sub', 'root', AUTHORITY);
  });

  async function judge(
    leaf: Certificate,
    name: string,
    intermediates: readonly string[],
    at = now,
  ): Promise<{
    readonly status: string;
    readonly codes: readonly string[];
    readonly checks: readonly unknown[];
    readonly openssl: string;
  }> {
    const result = await validate(leaf, [root], {
      pool: intermediates.map((file) => certificateOf(path(`${file}.pem`))),
      at,
    });
    return {
      status: result.status,
      codes: result.problems.map((problem) => problem.code),
      checks: result.problems.map((problem) => problem.data['check']),
      openssl: verdict(name, intermediates, at),
    };
  }

  it('accepts a good chain, in any order of the pool', async () => {
    const leaf = make('good', 'sub', END);
    expect(await judge(leaf, 'good', ['sub'])).toEqual({ status: 'pass', codes: [], checks: [], openssl: 'pass' });
    const {
      path: found,
      certificates,
      anchor,
    } = await validate(leaf, [root], { pool: [leaf, certificateOf(path('sub.pem'))], at: now });
    expect(found.map((certificate) => certificate.subjectText)).toEqual([
      'CN=good,O=Path',
      'CN=sub,O=Path',
      'CN=root,O=Path',
    ]);
    expect(anchor?.certificate?.id).toBe(root.id);
    expect(certificates.every(({ checks }) => checks.every((check) => check.passed))).toBe(true);
  });

  it.each([
    ['rsa', []],
    ['rsa', ['-sha512']],
    ['rsa', ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1', '-sha384']],
    ['ed25519', []],
    ['p521', ['-sha512']],
  ] as const)('verifies signatures by %s %s', async (key, sign) => {
    const name = `by-${key}-${sign.length}${sign[0] ?? ''}`;
    make(name, 'root', AUTHORITY, { key });
    const leaf = make(`${name}-end`, name, END, { sign });
    expect(await judge(leaf, `${name}-end`, [name])).toMatchObject({ status: 'pass', openssl: 'pass' });
  });

  it('refuses an expired intermediate, and dates before it began', async () => {
    make('short', 'root', AUTHORITY, { days: 10 });
    const leaf = make('under-short', 'short', END);
    expect(await judge(leaf, 'under-short', ['short'])).toMatchObject({ status: 'pass', openssl: 'pass' });
    expect(await judge(leaf, 'under-short', ['short'], now + 50 * DAY)).toEqual({
      status: 'fail',
      codes: ['cert-expired-or-not-yet'],
      checks: ['validity'],
      openssl: 'fail',
    });
    expect(await judge(leaf, 'under-short', ['short'], now - 50 * DAY)).toMatchObject({
      status: 'fail',
      openssl: 'fail',
    });
  });

  it.each([
    ['not-ca', 'basicConstraints=CA:FALSE\n', 'authority'],
    ['no-constraints', 'keyUsage=keyCertSign\n', 'authority'],
    ['no-cert-sign', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n', 'key-usage'],
    ['critical-unknown', `${AUTHORITY}1.2.3.4.5=critical,DER:0500\n`, 'critical-extensions'],
  ])('refuses the intermediate %s', async (name, extensions, check) => {
    make(name, 'root', extensions);
    const leaf = make(`under-${name}`, name, END);
    expect(await judge(leaf, `under-${name}`, [name])).toEqual({
      status: 'fail',
      codes: ['cert-usage-or-policy'],
      checks: [check],
      openssl: 'fail',
    });
  });

  it('counts path length', async () => {
    make('zero', 'root', AUTHORITY.replace('CA:TRUE', 'CA:TRUE,pathlen:0'));
    const direct = make('under-zero', 'zero', END);
    expect(await judge(direct, 'under-zero', ['zero'])).toMatchObject({ status: 'pass', openssl: 'pass' });
    make('below-zero', 'zero', AUTHORITY);
    const leaf = make('far', 'below-zero', END);
    expect(await judge(leaf, 'far', ['zero', 'below-zero'])).toEqual({
      status: 'fail',
      codes: ['cert-usage-or-policy'],
      checks: ['path-length'],
      openssl: 'fail',
    });
  });

  it.each([
    ['permitted;DNS:example.test', 'subjectAltName=DNS:www.example.test\n', '', 'pass'],
    ['permitted;DNS:example.test', 'subjectAltName=DNS:example.org\n', '', 'fail'],
    ['excluded;DNS:example.test', 'subjectAltName=DNS:a.example.test\n', '', 'fail'],
    ['permitted;email:example.test', 'subjectAltName=email:a@example.test\n', '', 'pass'],
    ['permitted;email:example.test', 'subjectAltName=email:a@sub.example.test\n', '', 'fail'],
    ['permitted;IP:10.0.0.0/255.0.0.0', 'subjectAltName=IP:10.1.2.3\n', '', 'pass'],
    ['permitted;IP:10.0.0.0/255.0.0.0', 'subjectAltName=IP:11.1.2.3\n', '', 'fail'],
    ['permitted;URI:.example.test', 'subjectAltName=URI:http://x.example.test/y\n', '', 'pass'],
    ['permitted;URI:.example.test', 'subjectAltName=URI:http://x.example.org/y\n', '', 'fail'],
    ['permitted;dirName:dn', '', '/O=Allowed/CN=end', 'pass'],
    ['permitted;dirName:dn', '', '/O=Other/CN=end', 'fail'],
  ])('applies the name constraint %s to %s%s: %s', async (constraint, names, subject, expected) => {
    const name = `nc${++serial}`;
    make(name, 'root', `${AUTHORITY}nameConstraints=critical,${constraint}\n[dn]\nO=Allowed\n`);
    const leaf = make(`end-${name}`, name, END + names, subject === '' ? {} : { subject });
    const judged = await judge(leaf, `end-${name}`, [name]);
    expect([judged.status, judged.openssl]).toEqual([expected, expected]);
    expect(judged.codes).toEqual(expected === 'pass' ? [] : ['cert-name-constraint']);
  });

  it('says which issuer is missing, and does not take a lookalike for it', async () => {
    const leaf = make('orphan', 'sub', END);
    const alone = await validate(leaf, [root], { at: now });
    expect(alone.problems).toMatchObject([{ code: 'trust-anchor-missing', data: { issuer: 'CN=sub,O=Path' } }]);
    const lookalike = make('lookalike', 'lookalike', AUTHORITY, { subject: '/O=Path/CN=sub' });
    const { status, rejected, problems } = await validate(leaf, [root, lookalike], { at: now });
    expect(status).toBe('fail');
    expect(rejected).toMatchObject([{ certificate: lookalike.id, reason: 'signature-mismatch' }]);
    expect(problems.map((problem) => problem.code)).toEqual(['trust-anchor-missing']);
  });

  it('ends on certificates that certify each other, and at ten certificates', async () => {
    make('a', 'root', AUTHORITY);
    make('b', 'a', AUTHORITY);
    const cross = make('a2', 'b', AUTHORITY, { subject: '/O=Path/CN=a' });
    const leaf = make('in-loop', 'b', END);
    const pool = [cross, certificateOf(path('a.pem')), certificateOf(path('b.pem'))];
    expect((await validate(leaf, [cross], { pool, at: now + 2000 * DAY })).status).toBe('fail');
    expect((await validate(leaf, [root], { pool, at: now })).status).toBe('pass');
    let issuer = 'root';
    const chain: Certificate[] = [];
    for (let depth = 0; depth < 11; depth++) {
      chain.push(make(`deep${depth}`, issuer, AUTHORITY));
      issuer = `deep${depth}`;
    }
    expect((await validate(chain[7] ?? root, [root], { pool: chain, at: now })).status).toBe('pass');
    const tooLong = await validate(chain[10] ?? root, [root], { pool: chain, at: now });
    expect(tooLong.status).toBe('fail');
    expect(tooLong.problems.map((problem) => problem.code)).toEqual(['trust-anchor-missing']);
  });

  it("finds the good path among bad ones, and keeps the bad ones' reasons", async () => {
    openssl(folder, 'req', '-new', '-key', 'sub.key', '-subj', '/O=Path/CN=sub', '-out', 'sub-short.csr');
    writeFileSync(path('sub-short.ext'), AUTHORITY);
    openssl(
      folder,
      'x509',
      '-req',
      '-in',
      'sub-short.csr',
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-set_serial',
      '77',
      '-days',
      '5',
      '-extfile',
      'sub-short.ext',
      '-out',
      'sub-short.pem',
    );
    const expired = certificateOf(path('sub-short.pem'));
    const leaf = make('two-ways', 'sub', END);
    const { status, path: found } = await validate(leaf, [root], {
      pool: [expired, certificateOf(path('sub.pem'))],
      at: now + 30 * DAY,
    });
    expect(status).toBe('pass');
    expect(found.map((certificate) => certificate.id)).not.toContain(expired.id);
    const only = await validate(leaf, [root], { pool: [expired], at: now + 30 * DAY });
    expect(only.problems).toMatchObject([{ code: 'cert-expired-or-not-yet', certificate: expired.id }]);
  });

  it('takes an end certificate and a bare key that are trusted themselves', async () => {
    const leaf = make('own', 'own', END);
    expect((await validate(leaf, [leaf], { at: now })).status).toBe('pass');
    expect((await validate(leaf, [leaf], { at: now + 2000 * DAY })).problems.map((problem) => problem.code)).toEqual([
      'cert-expired-or-not-yet',
    ]);
    expect(
      (await validate(leaf, [], { at: now, anchors: [{ certificate: null, publicKey: leaf.publicKey }] })).status,
    ).toBe('pass');
    const issued = make('by-key', 'sub', END);
    expect(
      (
        await validate(issued, [], {
          at: now,
          anchors: [{ certificate: null, publicKey: certificateOf(path('sub.pem')).publicKey }],
        })
      ).status,
    ).toBe('pass');
    expect((await validate(issued, [leaf], { at: now })).status).toBe('fail');
  });

  it('is unknown without anchors', async () => {
    expect((await validate(make('nobody', 'sub', END), [], { at: now })).status).toBe('unknown');
  });

  it('reports a certificate that may not sign data, apart from the path', async () => {
    const leaf = make('only-encrypts', 'root', END.replace('digitalSignature', 'keyEncipherment'));
    const { status, maySign, certificates } = await validate(leaf, [root], { at: now });
    expect([status, maySign]).toEqual(['pass', false]);
    expect(certificates[0]?.checks.find((check) => check.check === 'end-key-usage')?.passed).toBe(false);
  });

  it('refuses what a supplied list revokes, from its date on', async () => {
    const leaf = make('revoked', 'sub', END);
    const kept = make('kept', 'sub', END);
    const stamp = (time: number): string => new Date(time).toISOString().replace(/[-:T]/g, '').slice(2, 14) + 'Z';
    writeFileSync(
      path('index.txt'),
      `R\t${stamp(leaf.notAfter)}\t${stamp(now - 2 * DAY)},keyCompromise\t${leaf.serial.toString(16).toUpperCase().padStart(4, '0')}\tunknown\t/O=Path/CN=revoked\n`,
    );
    writeFileSync(
      path('ca.cnf'),
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n',
    );
    openssl(folder, 'ca', '-gencrl', '-config', 'ca.cnf', '-keyfile', 'sub.key', '-cert', 'sub.pem', '-out', 'sub.crl');
    const pool = [certificateOf(path('sub.pem'))];
    const crls = [derOf(path('sub.crl'))];
    const forged = derOf(path('sub.crl'));
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    const revoked = await validate(leaf, [root], { pool, crls, at: now });
    expect(revoked.problems).toMatchObject([
      { code: 'cert-revoked', certificate: leaf.id, data: { reason: 'keyCompromise' } },
    ]);
    expect(verdict('revoked', ['sub'], now, '-crl_check', '-CRLfile', 'sub.crl')).toBe('fail');
    expect((await validate(kept, [root], { pool, crls, at: now })).status).toBe('pass');
    expect(verdict('kept', ['sub'], now, '-crl_check', '-CRLfile', 'sub.crl')).toBe('pass');
    expect((await validate(leaf, [root], { pool, crls: [], at: now })).status).toBe('pass');
    expect((await validate(leaf, [root], { pool, crls: [forged], at: now })).status).toBe('pass');
    // Still revoked where the list is stale.
    expect((await validate(leaf, [root], { pool, crls, at: now + 60 * DAY })).status).toBe('fail');
    const required = await validate(kept, [root], { pool, crls, at: now + 60 * DAY, revocationRequired: true });
    expect(required.problems.map((problem) => problem.code)).toContain('cert-revocation-unproven');
  });

  it('refuses a certificate that was changed', async () => {
    const leaf = make('changed', 'sub', END);
    const der = leaf.der.slice();
    const at = Buffer.from(der).indexOf('changed');
    der[at] = 0x43;
    writeFileSync(
      path('changed.pem'),
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
        .toString('base64')
        .replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
    );
    const changed = certificateOf(path('changed.pem'));
    const result = await validate(changed, [root], { pool: [certificateOf(path('sub.pem'))], at: now });
    expect(result.status).toBe('fail');
    expect(result.rejected.map((entry) => entry.reason)).toEqual(['signature-mismatch']);
    expect(verdict('changed', ['sub'], now)).toBe('fail');
  });
});
