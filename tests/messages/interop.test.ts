/**
 * Messages of WSS4J 4, Santuario 4 and OpenSAML (interop/README.md): every signature verifies, every plaintext is the
 * sender's.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../src/engine/keystore/key-entry.ts';
import { judgeMessage, keyFromPem } from '../engine/judging.ts';

interface Entry {
  readonly id: string;
  readonly file: string;
  readonly keys: readonly string[];
  readonly expect: {
    readonly verifies?: number;
    readonly finding?: string;
    readonly decrypts?: readonly { readonly id: string; readonly octets: number; readonly sha256: string }[];
  };
}

const FOLDER = new URL('../fixtures/interop/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, FOLDER));
const manifest = (name: string) =>
  JSON.parse(read(name).toString()) as {
    readonly at: string;
    readonly anchors: readonly string[];
    readonly entries: readonly Entry[];
  };

async function keysOf(entry: Entry, anchors: readonly string[]): Promise<readonly KeyEntry[]> {
  const files = [
    ...anchors.map((name) => ({ pem: `keys/${name}.crt.pem`, trusted: true })),
    ...entry.keys.flatMap((name) => [
      { pem: `keys/${name}.key.pem`, trusted: false },
      { pem: `keys/${name}.crt.pem`, trusted: false },
    ]),
  ];
  const entries = await Promise.all(files.map(({ pem, trusted }) => keyFromPem(read(pem).toString(), trusted)));
  return entries.flat();
}

describe.each(['manifest.json', 'manifest-saml.json'])('%s', (name) => {
  const { at, anchors, entries } = manifest(name);
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', async (_, entry) => {
    const { trace } = await judgeMessage(new Uint8Array(read(entry.file)), {
      explained: true,
      at: Date.parse(at),
      keys: await keysOf(entry, anchors),
    });
    const { verifies, finding, decrypts } = entry.expect;
    if (finding === undefined) {
      expect(trace.findings.filter((one) => one.severity === 'error').map((one) => one.code)).toEqual([]);
    } else expect(trace.findings.map((one) => one.code)).toContain(finding);
    if (verifies !== undefined) {
      expect(trace.signatures.map((signature) => signature.value)).toEqual(trace.signatures.map(() => 'pass'));
      expect(
        trace.signatures
          .flatMap((signature) => signature.references)
          .filter((reference) => reference.digest === 'pass'),
      ).toHaveLength(verifies);
    }
    if (decrypts !== undefined) {
      expect(trace.encrypted.map(({ id, plaintextSha256 }) => ({ id, sha256: plaintextSha256 })).sort(byId)).toEqual(
        decrypts.map(({ id, sha256 }) => ({ id, sha256 })).sort(byId),
      );
    }
  });
});

function byId(a: { readonly id: string | null }, b: { readonly id: string | null }): number {
  return (a.id ?? '') < (b.id ?? '') ? -1 : 1;
}
