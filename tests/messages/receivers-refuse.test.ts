/**
 * A signature that verifies with a key at hand does not make a message valid when no receiver could find that key.
 * Each of these alterations of a node-soap message was refused by WSS4J, Santuario, the JDK and xmlsec1 behind the
 * receivers of the peer corpus; the signature value itself stays right, since nothing signed is touched.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { reportOfLine } from '../../src/cli/batch-job.ts';
import { createReceiver } from '../../src/cli/receiver.ts';
import type { Report } from '../../src/engine/trace/report.ts';

const ID = { encrypted: 'pc-19dafeba51.xml', named: 'pc-035c0a83f1.xml', plain: 'pc-6fff36426d.xml' } as const;
const SAMPLES = fileURLToPath(new URL('../../src/content/samples/', import.meta.url));
const message = (name: string) => readFileSync(join(SAMPLES, 'messages', name), 'utf8');
const MESSAGE = message(ID.plain);
const folder = mkdtempSync(join(tmpdir(), 'wss-receivers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judge(text: string): Promise<Report> {
  const file = join(folder, 'message.xml');
  writeFileSync(file, text);
  const keys = ['keys/client-rsa2048.crt.pem', 'keys/server-rsa2048.pkcs8.pem'].map((name) => join(SAMPLES, name));
  const report = await reportOfLine(
    JSON.stringify({ id: 'm', file, keys, trust: [join(SAMPLES, 'keys/trust.pem')], at: '2026-11-22T06:53:30Z' }),
    folder,
    createReceiver(),
  );
  if ('error' in report) throw new Error(report.error);
  return report;
}

/** Changes the first place only, and fails where there is none. */
function altered(pattern: RegExp, by: string, from: string = MESSAGE): string {
  const text = from.replace(pattern, by);
  if (text === from) throw new Error(`${String(pattern)} is not in the message`);
  return text;
}

test.each([
  [ID.plain, 'valid'],
  // Signed as ciphertext of CBC, its EncryptedKey unsigned (docs/attacks.md ENC-11).
  [ID.encrypted, 'valid-partial'],
  [ID.named, 'valid-weak'],
])('%s itself is %s, with no error in it', async (name, headline) => {
  const report = await judge(message(name));
  expect(report.headline).toBe(headline);
  expect(report.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
});

test.each([
  [
    'an empty KeyInfo',
    altered(/<wsse:SecurityTokenReference[\s\S]*?<\/wsse:SecurityTokenReference>/, ''),
    'keyinfo-missing-or-empty',
  ],
  [
    'a KeyInfo of unknown content',
    altered(
      /<wsse:SecurityTokenReference([\s\S]*?)<\/wsse:SecurityTokenReference>/,
      '<w:wrap xmlns:w="urn:w"><wsse:SecurityTokenReference$1</wsse:SecurityTokenReference></w:wrap>',
    ),
    'keyinfo-missing-or-empty',
  ],
  [
    'a misspelt SecurityTokenReference',
    altered(
      /<wsse:SecurityTokenReference([\s\S]*?)<\/wsse:SecurityTokenReference>/,
      '<wsse:SecurityTokenReferencex$1</wsse:SecurityTokenReferencex>',
    ),
    'keyinfo-missing-or-empty',
  ],
  [
    'a reference to something that is no token',
    altered(
      /(<wsse:Reference URI="#)[^"]+/,
      `$1${/<wsu:Timestamp[^>]* (?:wsu:)?Id="([^"]+)"/.exec(MESSAGE)?.[1] ?? ''}`,
    ),
    'keyinfo-missing-or-empty',
  ],
  [
    'a ValueType that no profile defines',
    altered(/(<wsse:BinarySecurityToken[^>]*ValueType=")http:/, '$1htt1:'),
    'R3032',
  ],
  [
    'a ValueType of a key identifier that no profile defines',
    altered(/(<wsse:KeyIdentifier[^>]*ValueType=")http:/, '$1htt1:', message(ID.named)),
    'keyid-type-unexpected',
  ],
  [
    'a ReferenceList where no receiver looks',
    altered(
      /<xenc:ReferenceList>[\s\S]*?<\/xenc:ReferenceList>/,
      '<w:wrap xmlns:w="urn:w">$&</w:wrap>',
      message(ID.encrypted),
    ),
    'referencelist-missing',
  ],
  [
    'a misspelt Security header',
    altered(/<wsse:Security( [\s\S]*?)<\/wsse:Security>/, '<wsse:Securityx$1</wsse:Securityx>'),
    'security-header-missing',
  ],
])('%s keeps it from being valid, though the signature verifies', async (_what, text, code) => {
  const report = await judge(text);
  expect(report.signatures.map((signature) => signature.value)).toEqual(['pass']);
  // What else is said of the message of ciphertext stays.
  expect(report.headline).toBe(code === 'referencelist-missing' ? 'valid-partial' : 'valid-weak');
  expect(report.findings.filter((finding) => finding.severity === 'warning').map((finding) => finding.code)).toContain(
    code,
  );
  expect(report.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
});

test('an element that the Signature has no place for makes it invalid, though its value matches', async () => {
  const report = await judge(altered(/<\/ds:SignatureValue>|<\/SignatureValue>/, '$&<w:x xmlns:w="urn:w"/>'));
  expect(report.signatures.map((signature) => signature.value)).toEqual(['pass']);
  expect(report.headline).toBe('invalid');
  expect(report.findings[0]?.code).toBe('signature-child-unknown');
});

test('an Id that a ReferenceList names and that stands twice is refused, as in a signature', async () => {
  const text = message(ID.encrypted);
  const id = /<xenc:DataReference URI="#([^"]+)"/.exec(text)?.[1] ?? '';
  const report = await judge(altered(/<wsse:Security /, `<app:Other xmlns:app="urn:example:app" Id="${id}"/>$&`, text));
  expect(report.headline).toBe('refused');
  expect(report.findings.find((finding) => finding.code === 'dup-id')?.ranges.length).toBeGreaterThan(2);
});
