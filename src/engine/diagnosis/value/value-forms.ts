/**
 * Other octets that a damaged or wrongly written SignatureValue may stand for (docs/faults.md: sigvalue-base64-damaged,
 * ecdsa-der-not-rs, ecdsa-rs-padding, sig-byte-order-reversed).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { decodeHex } from '../../bytes/hex.ts';
import { ecdsaValueFromDer, ecdsaValueFromHalves } from '../../crypto/ecdsa-value.ts';
import type { PublicKey } from '../../crypto/keys.ts';

/** A repair, with the octets of the value that it gives. */
export interface ValueForm {
  readonly code: CauseCode;
  readonly how: string;
  readonly octets: Uint8Array;
}

const padded = (text: string): string => {
  const bare = text.replace(/=+$/, '');
  return bare + '='.repeat((4 - (bare.length % 4)) % 4);
};

function base64(text: string): Uint8Array | null {
  return decodeBase64(text).octets;
}

/** Repairs of the text, then of the octets that it does stand for. @param octets null where the text is no base64 */
export function valueForms(text: string, octets: Uint8Array | null, key: PublicKey | null): readonly ValueForm[] {
  const forms: ValueForm[] = [];
  const add = (code: CauseCode, how: string, made: Uint8Array | null) => {
    if (made !== null && made.length > 0) forms.push({ code, how, octets: made });
  };
  const trimmed = text.trim();
  const damaged = (how: string, made: Uint8Array | null) => add('sigvalue-base64-damaged', how, made);
  damaged('plus-to-space', base64(padded(trimmed.replace(/ /g, '+').replace(/[\r\n\t]/g, ''))));
  damaged('base64url', base64(padded(trimmed.replaceAll('-', '+').replaceAll('_', '/').replace(/\s/g, ''))));
  damaged('padding-missing', base64(padded(trimmed.replace(/\s/g, ''))));
  damaged('hex', decodeHex(trimmed.replace(/[\s:]/g, '')));
  damaged(
    'percent-encoded',
    base64(padded(trimmed.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '=').replace(/\s/g, ''))),
  );
  damaged('escaped', base64(padded(trimmed.replace(/&#x?[0-9a-fA-F]+;|\\[rn]/g, '').replace(/\s/g, ''))));
  damaged('foreign-characters', base64(padded(trimmed.replace(/[^A-Za-z0-9+/]/g, ''))));
  if (octets === null) return forms;
  const ascii = octets.length < 20_000 && octets.every((octet) => octet < 0x80) ? String.fromCharCode(...octets) : null;
  if (ascii !== null) {
    damaged('base64-twice', base64(padded(ascii.trim())));
    damaged('base64-of-hex', decodeHex(ascii.trim()));
  }
  if (key?.kind === 'EC') {
    add('ecdsa-der-not-rs', 'der', ecdsaValueFromDer(key.curve, octets));
    for (const made of rsWidths(octets, key)) add('ecdsa-rs-padding', 'width', made);
    const half = octets.length >> 1;
    add(
      'sig-byte-order-reversed',
      'reversed-halves',
      Uint8Array.from([...octets.subarray(0, half)].reverse().concat([...octets.subarray(half)].reverse())),
    );
    add(
      'sig-byte-order-reversed',
      'halves-swapped',
      Uint8Array.from([...octets.subarray(half), ...octets.subarray(0, half)]),
    );
  }
  if (key?.kind === 'RSA') {
    // Leading zeros dropped, or one too many, as integers are written.
    const length = (key.bits + 7) >> 3;
    if (octets.length < length && octets.length >= length - 2) {
      add(
        'sigvalue-base64-damaged',
        'leading-zeros-dropped',
        Uint8Array.from([...new Uint8Array(length - octets.length), ...octets]),
      );
    }
    if (octets.length > length && octets.subarray(0, octets.length - length).every((octet) => octet === 0)) {
      add('sigvalue-base64-damaged', 'leading-zero-added', octets.subarray(octets.length - length));
    }
  }
  add('sig-byte-order-reversed', 'reversed', Uint8Array.from([...octets].reverse()));
  return forms;
}

/** r and s of any widths side by side, each brought to the curve's width. */
function* rsWidths(octets: Uint8Array, key: Extract<PublicKey, { kind: 'EC' }>): Generator<Uint8Array> {
  const width = (key.point.length - 1) / 2;
  const even = ecdsaValueFromHalves(key.curve, octets);
  if (even !== null) yield even;
  if (octets.length === 2 * width || octets.length > 2 * width + 4 || octets.length < 2 * width - 6) return;
  for (let split = Math.max(1, octets.length - width - 2); split <= Math.min(octets.length - 1, width + 2); split++) {
    const [r, s] = [fitted(octets.subarray(0, split), width), fitted(octets.subarray(split), width)];
    if (r !== null && s !== null) yield Uint8Array.from([...r, ...s]);
  }
}

function fitted(part: Uint8Array, width: number): Uint8Array | null {
  if (part.length <= width) return Uint8Array.from([...new Uint8Array(width - part.length), ...part]);
  const extra = part.length - width;
  return part.subarray(0, extra).every((octet) => octet === 0) ? part.subarray(extra) : null;
}
