/** Messages of WSS4J with attachments, cut and changed octet by octet for tests (interop/README.md). */
import { readFileSync } from 'node:fs';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { Run } from '../../../src/engine/message/request.ts';
import { judgeMessage, keyFromPem } from '../judging.ts';

const FOLDER = new URL('../../fixtures/interop/', import.meta.url);
const AT = Date.parse((JSON.parse(readFileSync(new URL('manifest.json', FOLDER), 'utf8')) as { at: string }).at);

/** One character an octet, so that cutting and joining text is cutting and joining octets. */
export function message(id: string): string {
  return readFileSync(new URL(`${id}.mime`, FOLDER), 'latin1');
}

export function octetsOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** The content of the part with that content id, as it travels. */
export function partOf(text: string, contentId: string): string {
  const start = text.indexOf('\r\n\r\n', text.indexOf(`Content-ID: <${contentId}>`)) + 4;
  return text.slice(start, text.indexOf('\r\n------=_interop', start));
}

export function withPart(text: string, contentId: string, content: string): string {
  const start = text.indexOf('\r\n\r\n', text.indexOf(`Content-ID: <${contentId}>`)) + 4;
  return text.slice(0, start) + content + text.slice(text.indexOf('\r\n------=_interop', start));
}

/**
 * The message with another DigestValue in the reference to that part; the signature value breaks, the digest is judged
 * apart.
 */
export function withDigest(text: string, contentId: string, digest: string): string {
  const start = text.indexOf('<ds:DigestValue>', text.indexOf(`URI="cid:${contentId}"`)) + '<ds:DigestValue>'.length;
  return text.slice(0, start) + digest + text.slice(text.indexOf('<', start));
}

/** The envelope alone, out of the multipart. */
export function envelopeOf(text: string): string {
  return text.slice(text.indexOf('<soap:Envelope'), text.indexOf('</soap:Envelope>') + '</soap:Envelope>'.length);
}

export async function judged(text: string, more: Parameters<typeof judgeMessage>[1] = {}): Promise<Run> {
  return judgeMessage(octetsOf(text), { at: AT, keys: await keys(), explained: true, ...more });
}

export async function keys(): Promise<readonly KeyEntry[]> {
  const files = [
    ['ca.crt.pem', true],
    ['recipient-rsa.crt.pem', false],
    ['recipient-rsa.key.pem', false],
  ] as const;
  return (
    await Promise.all(
      files.map(([file, trusted]) => keyFromPem(readFileSync(new URL(`keys/${file}`, FOLDER), 'utf8'), trusted)),
    )
  ).flat();
}

/** What became of the digest of each reference, by URI. */
export function digests(run: Run): Readonly<Record<string, string>> {
  return Object.fromEntries(
    run.trace.signatures
      .flatMap((signature) => signature.references)
      .map((reference) => [reference.uri ?? '', reference.digest]),
  );
}

export function finding(run: Run, code: string) {
  return run.trace.findings.find((one) => one.code === code);
}
