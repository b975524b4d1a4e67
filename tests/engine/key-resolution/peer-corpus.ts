/** Reads ../shared/peer-corpus as these tests need it; null, with the reason printed, where it is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { readCertificate } from '../../../src/engine/certificates/read-certificate.ts';
import { CertificateMemory } from '../../../src/engine/certificates/certificate-memory.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import { readEnvelope } from '../../../src/engine/envelope/read-envelope.ts';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { KeyResolutionContext } from '../../../src/engine/key-resolution/key-resolution-types.ts';
import type { AnsweredRequest } from '../../../src/engine/run/run-context.ts';
import { indexIds } from '../../../src/engine/references/index-ids.ts';
import { readHeaders } from '../../../src/engine/security-header/read-headers.ts';
import { readTokens } from '../../../src/engine/tokens/read-tokens.ts';
import { Recorder } from '../../../src/engine/trace/recorder.ts';
import { sha256Hex } from '../../../src/engine/crypto/fingerprint.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const ROOT = '../shared/peer-corpus';

export interface PeerEntry {
  readonly id: string;
  readonly file: string;
  readonly peer: string;
  readonly config: { readonly steps?: readonly Readonly<Record<string, unknown>>[] };
  readonly keys: readonly string[];
  readonly receiver: Readonly<Record<string, unknown>>;
  readonly generated_at: string;
  readonly expect: { readonly verifies: boolean | null; readonly accept?: boolean | null };
  readonly fault: {
    readonly kind: string;
    readonly base: string | null;
    readonly verdict: string;
    readonly codes: readonly string[];
  } | null;
}

export function peerEntries(): readonly PeerEntry[] | null {
  if (!existsSync(`${ROOT}/manifest.json`)) {
    console.log(`skipped: ${ROOT} is absent`);
    return null;
  }
  return (JSON.parse(readFileSync(`${ROOT}/manifest.json`, 'utf8')) as { entries: PeerEntry[] }).entries;
}

export const USERS = [
  { name: 'alice', password: 's3cret' },
  { name: 'bob', password: 'Zażółć-κλειδί' },
  { name: 'carol', password: '' },
];

export function certificateEntry(stem: string, id: string, withPrivateKey = false): KeyEntry {
  const read = readCertificate(readFileSync(`${ROOT}/keys/${stem}.crt.der`));
  if (!read.ok) throw new Error(`${stem}: ${read.problem.what}`);
  const { certificate } = read;
  const privateKey = withPrivateKey
    ? { pkcs8: readFileSync(`${ROOT}/keys/${stem}.pkcs8.der`), publicKey: certificate.publicKey }
    : null;
  return {
    id,
    name: null,
    file: `${stem}.crt.der`,
    alias: null,
    publicKey: certificate.publicKey,
    privateKey,
    secret: null,
    certificates: [certificate],
    trusted: false,
  };
}

export function secretEntry(stem: string, id: string): KeyEntry {
  return {
    id,
    name: stem,
    file: `${stem}.bin`,
    alias: null,
    publicKey: null,
    privateKey: null,
    secret: readFileSync(`${ROOT}/keys/${stem}.bin`),
    certificates: [],
    trusted: false,
  };
}

/** What the manifest says a receiver needs. */
export function entryKeys(entry: PeerEntry): KeyEntry[] {
  return entry.keys.flatMap((key, i) => {
    const [kind, stem = ''] = key.includes(':') ? key.split(':') : ['secret', key];
    if (kind === 'cert') return [certificateEntry(stem, `k${i}`)];
    if (kind === 'private') return [certificateEntry(stem, `k${i}`, true)];
    return kind === 'secret' ? [secretEntry(stem, `k${i}`)] : [];
  });
}

/** A request as a response's keys are searched for in it: `text` as it stands, nothing of it encrypted. */
export function answeredWith(
  given: Partial<Pick<AnsweredRequest, 'secrets' | 'signatureValues' | 'headersOpened'>>,
  text = '<request/>',
): AnsweredRequest {
  const { document, ids, tokens, encryptedKeySecrets } = openMessage(encodeUtf8(text), []).context;
  const known = { secrets: new Map(), signatureValues: [], headersOpened: true };
  return { document, ids, tokens, encryptedKeySecrets, ...known, ...given };
}

/** A message parsed and read as far as key resolution needs it. */
export function openMessage(
  octets: Uint8Array,
  keys: readonly KeyEntry[],
): { context: KeyResolutionContext; recorder: Recorder } {
  const budget = new Budget();
  const { document } = parseXml(octets, { budget });
  const ids = indexIds(document, []);
  const crypto = createCryptoProvider(null);
  const certificates = new CertificateMemory(crypto);
  const envelope = readEnvelope(document);
  const headers = envelope === null ? null : readHeaders(document, envelope, null, budget);
  const tokens = readTokens(document, headers?.ours?.node ?? null, ids, { crypto, certificates, budget });
  const recorder = new Recorder(sha256Hex);
  return {
    recorder,
    context: {
      document,
      ids,
      tokens,
      keys,
      users: USERS,
      crypto,
      certificates,
      budget,
      recorder,
      encryptedKeySecrets: new Map(),
      answered: null,
      external: new Map(),
    },
  };
}

export function openPeerMessage(
  entry: PeerEntry,
  keys: readonly KeyEntry[],
): { context: KeyResolutionContext; recorder: Recorder } {
  return openMessage(readFileSync(`${ROOT}/${entry.file}`), keys);
}
