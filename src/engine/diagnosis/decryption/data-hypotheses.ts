/** What would open an EncryptedData that its key does not open as it says (docs/faults.md, "Decryption"). */
import { cbc, ctr, gcm } from '@noble/ciphers/aes.js';
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { decodeHexLenient } from '../../bytes/hex.ts';
import { concatOctets, equalOctets } from '../../bytes/octets.ts';
import { decodeUtf8, firstInvalidUtf8 } from '../../bytes/utf8.ts';
import type { DecryptionProvider } from '../../crypto/decryption-provider.ts';
import { MORE21, XENC, XENC11 } from '../../xml/namespaces.ts';
import { findingOf, type FindingDraft } from '../../trace/recorder.ts';
import type { FindingCode, FindingData } from '../../trace/finding-data.ts';

/** An EncryptedData that did not open, with the key that should have opened it. */
export interface DataAttempt {
  readonly algorithm: string;
  readonly secret: Uint8Array;
  readonly octets: Uint8Array;
  readonly provider: DecryptionProvider;
  /** Whether a plaintext makes sense where it is to stand. */
  readonly fits: (plaintext: Uint8Array) => boolean;
}

const RELABELS = [
  `${XENC}aes128-cbc`,
  `${XENC}aes192-cbc`,
  `${XENC}aes256-cbc`,
  `${XENC}tripledes-cbc`,
  `${XENC11}aes128-gcm`,
  `${XENC11}aes192-gcm`,
  `${XENC11}aes256-gcm`,
  `${MORE21}chacha20poly1305`,
] as const;

/** Small ciphertexts are tried in every way; large ones would cost more than the answer is worth. */
const LARGEST = 1 << 20;

const draft = <Code extends FindingCode>(code: Code, data: FindingData[Code]): FindingDraft =>
  findingOf(code, 'error', data, { confidence: 'proven', fault: 'wsse:FailedCheck' });

/** What is lost where the tag is laid out so. */
const LOST_TAG: ReadonlyMap<string, string> = new Map([
  ['no-tag', 'tag-missing'],
  ['tag-cut', 'tag-cut'],
]);

/** What the first cause that opens it is called; empty where nothing does. */
export async function proveData(attempt: DataAttempt): Promise<readonly FindingDraft[]> {
  if (attempt.octets.length > LARGEST) return [];
  const found =
    (await otherKeyForm(attempt)) ??
    (await otherAlgorithm(attempt)) ??
    (await otherEncoding(attempt)) ??
    otherGcmLayout(attempt) ??
    otherPadding(attempt);
  if (found === null) return [];
  // A tag that is not there, or not whole, was left out or cut off.
  const lost = found.code === 'gcm-tag-iv-layout' ? LOST_TAG.get(found.data?.layout ?? '') : undefined;
  return lost === undefined
    ? [found]
    : [found, draft('ciphertext-truncated-or-encoded', { reason: lost, length: attempt.octets.length })];
}

async function opens(
  attempt: DataAttempt,
  algorithm: string,
  secret: Uint8Array,
  octets: Uint8Array,
): Promise<boolean> {
  const outcome = await attempt.provider.decrypt(algorithm, secret, octets);
  return outcome.result === 'plaintext' && attempt.fits(outcome.octets);
}

/** The session key was wrapped as text, or is longer than the algorithm's. */
async function otherKeyForm(attempt: DataAttempt): Promise<FindingDraft | null> {
  const { secret, algorithm } = attempt;
  const needed = (algorithmByUri(algorithm)?.bits ?? 0) / 8;
  const forms: [string, Uint8Array | null][] = [];
  if (firstInvalidUtf8(secret) < 0) {
    const text = decodeUtf8(secret);
    forms.push(['base64', decodeBase64(text).octets], ['hex', decodeHexLenient(text)]);
  }
  for (const [form, octets] of forms) {
    if (octets !== null && octets.length === needed && (await opens(attempt, algorithm, octets, attempt.octets))) {
      return draft('session-key-encoding-or-size', { reason: form, needed, actual: secret.length, algorithm });
    }
  }
  return null;
}

/** The EncryptionMethod says another algorithm than the sender used. */
export async function otherAlgorithm(attempt: DataAttempt): Promise<FindingDraft | null> {
  for (const algorithm of RELABELS) {
    if (algorithm === attempt.algorithm || algorithmByUri(algorithm)?.bits !== 8 * attempt.secret.length) continue;
    if (await opens(attempt, algorithm, attempt.secret, attempt.octets)) {
      return draft('data-algorithm-relabelled', { stated: attempt.algorithm, opens: algorithm });
    }
  }
  return null;
}

/** The ciphertext was put into base64 or hex twice. */
async function otherEncoding(attempt: DataAttempt): Promise<FindingDraft | null> {
  if (firstInvalidUtf8(attempt.octets) >= 0) return null;
  const text = decodeUtf8(attempt.octets);
  for (const [form, octets] of [
    ['base64-twice', decodeBase64(text).octets],
    ['hex', decodeHexLenient(text)],
  ] as const) {
    if (octets !== null && octets.length > 0 && (await opens(attempt, attempt.algorithm, attempt.secret, octets))) {
      return draft('ciphertext-truncated-or-encoded', { reason: form });
    }
  }
  return null;
}

const fits = (attempt: DataAttempt, open: () => Uint8Array): boolean => {
  try {
    return attempt.fits(open());
  } catch {
    return false;
  }
};

/** The tag before the ciphertext, none at all, a longer IV. */
function otherGcmLayout(attempt: DataAttempt): FindingDraft | null {
  const { algorithm, secret, octets } = attempt;
  if (algorithmByUri(algorithm)?.scheme !== 'aes-gcm' || octets.length < 17) return null;
  const layouts: [string, number, () => Uint8Array][] = [
    [
      'tag-before-ciphertext',
      12,
      () => gcm(secret, octets.subarray(0, 12)).decrypt(concatOctets(octets.subarray(28), octets.subarray(12, 28))),
    ],
    [
      'tag-first',
      12,
      () => gcm(secret, octets.subarray(16, 28)).decrypt(concatOctets(octets.subarray(28), octets.subarray(0, 16))),
    ],
    ['iv-16', 16, () => gcm(secret, octets.subarray(0, 16)).decrypt(octets.subarray(16))],
    [
      'iv-last',
      12,
      () => gcm(secret, octets.subarray(octets.length - 12)).decrypt(octets.subarray(0, octets.length - 12)),
    ],
    ['no-tag', 12, () => decipherGcm(secret, octets.subarray(0, 12), octets.subarray(12))],
    ['tag-wrong', 12, () => decipherGcm(secret, octets.subarray(0, 12), octets.subarray(12, octets.length - 16))],
  ];
  const cut = cutTag(attempt);
  if (cut !== null) return draft('gcm-tag-iv-layout', { layout: 'tag-cut', ivOctets: 12, tagOctets: cut });
  for (const [layout, iv, open] of layouts) {
    if (fits(attempt, open)) return draft('gcm-tag-iv-layout', { layout, ivOctets: iv });
  }
  return null;
}

const GCM_IV = 12;
const GCM_TAG = 16;

/** @returns octets of the tag that are there, where they are the first ones of the right tag and some are missing */
function cutTag(attempt: DataAttempt): number | null {
  const { secret, octets, algorithm } = attempt;
  if (algorithmByUri(algorithm)?.bits !== 8 * secret.length) return null;
  const iv = octets.subarray(0, GCM_IV);
  for (let length = GCM_TAG - 1; length >= 4; length--) {
    const end = octets.length - length;
    if (end <= GCM_IV) continue;
    const plain = decipherGcm(secret, iv, octets.subarray(GCM_IV, end));
    if (!attempt.fits(plain)) continue;
    const tag = gcm(secret, iv).encrypt(plain).subarray(plain.length);
    if (equalOctets(tag.subarray(0, length), octets.subarray(end))) return length;
  }
  return null;
}

/** GCM enciphers from counter block 2 on: IV ‖ 00000002. */
function decipherGcm(secret: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  return ctr(secret, concatOctets(iv, Uint8Array.of(0, 0, 0, 2))).decrypt(ciphertext);
}

/** CBC without padding, or padded with zeros. */
function otherPadding(attempt: DataAttempt): FindingDraft | null {
  const { algorithm, secret, octets } = attempt;
  if (algorithmByUri(algorithm)?.scheme !== 'aes-cbc' || octets.length < 32 || octets.length % 16 !== 0) return null;
  let plain: Uint8Array;
  try {
    plain = cbc(secret, octets.subarray(0, 16), { disablePadding: true }).decrypt(octets.subarray(16));
  } catch {
    return null;
  }
  let end = plain.length;
  while (end > 0 && plain[end - 1] === 0) end--;
  if (attempt.fits(plain)) return draft('cbc-padding-scheme', { padding: 'none' });
  return end < plain.length && attempt.fits(plain.subarray(0, end))
    ? draft('cbc-padding-scheme', { padding: 'zeros', count: plain.length - end })
    : null;
}
