/**
 * The right canonical text in wrong octets: BOM, XML declaration, other encodings, hashed twice (docs/faults.md:
 * bom-in-digest, xmldecl-in-digest, digest-over-declared-charset, utf8-read-as-latin1-or-ascii, digest-double-hash,
 * digest-of-empty).
 */
import { encodeBase64 } from '../../bytes/base64.ts';
import { encodeHex } from '../../bytes/hex.ts';
import { concatOctets } from '../../bytes/octets.ts';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../../bytes/utf8.ts';
import type { Candidate } from '../hypothesis.ts';

/** Work for an octet that is made by itself. */
const BY_OCTET = 12;

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);
const DECLARATIONS = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<?xml version="1.0" encoding="utf-8"?>',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='UTF-8'?>",
  '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  "<?xml version='1.0' encoding='utf-8'?>",
  '<?xml version="1.0" encoding="utf-16"?>',
  '<?xml version="1.0" encoding="ISO-8859-1"?>',
  "<?xml version='1.0'?>",
  '<?xml version="1.0" ?>',
  '<?xml version="1.0" encoding="UTF-8" ?>',
] as const;

/** Windows-1252 for 0x80 to 0x9f; the rest is ISO-8859-1. Unassigned octets stay as they are. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function singleOctets(text: string, windows: boolean): Uint8Array | null {
  const out = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const special = windows && (code > 0xff || (code >= 0x80 && code < 0xa0)) ? CP1252.indexOf(text.charAt(at)) : -1;
    if (special >= 0) out[at] = 0x80 + special;
    else if (code > 0xff) return null;
    else out[at] = code;
  }
  return out;
}

function readAsSingle(octets: Uint8Array, windows: boolean): string {
  let text = '';
  for (const octet of octets) {
    text += windows && octet >= 0x80 && octet < 0xa0 ? CP1252.charAt(octet - 0x80) : String.fromCharCode(octet);
  }
  return text;
}

function utf16(text: string, big: boolean): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    out[2 * at + (big ? 0 : 1)] = code >> 8;
    out[2 * at + (big ? 1 : 0)] = code & 0xff;
  }
  return out;
}

/** What surrounds the text: a BOM, an XML declaration, a line end. */
export function* wrappedOctets(octets: Uint8Array): Generator<Candidate> {
  const bom = (how: string, made: () => Uint8Array): Candidate => ({
    code: 'bom-in-digest',
    party: 'signer',
    how,
    octets: made,
  });
  yield bom('bom-before', () => concatOctets(BOM, octets));
  const text = decodeUtf8(octets);
  if (text.includes('\ufeff')) {
    yield { ...bom('bom-removed', () => encodeUtf8(text.replaceAll('\ufeff', ''))), party: 'transit' };
  }
  const around = (how: string, before: string, after: string, data: Candidate['data'] = {}): Candidate => ({
    code: 'xmldecl-in-digest',
    party: 'signer',
    how,
    data: { ...data },
    octets: () => concatOctets(encodeUtf8(before), octets, encodeUtf8(after)),
  });
  for (const declaration of DECLARATIONS) {
    yield around('declaration-before', declaration, '', { declaration });
    for (const end of ['\n', '\r\n']) {
      yield around('declaration-before', declaration + end, '', { declaration });
      yield around('declaration-before', declaration + end, end, { declaration });
    }
    yield bom('bom-before', () => concatOctets(BOM, encodeUtf8(declaration), octets));
  }
  for (const [before, after] of [
    ['', '\n'],
    ['', '\r\n'],
    ['\n', ''],
    ['\n', '\n'],
    ['', ' '],
    ['\r\n', '\r\n'],
    ['', '\0'],
    ['', '&#xD;'],
  ] as const) {
    yield around('line-end-hashed', before, after);
  }
}

/** The text in another encoding, or read in a wrong one. */
export function* encodedOctets(octets: Uint8Array): Generator<Candidate> {
  const text = decodeUtf8(octets);
  const work = octets.length * BY_OCTET;
  const charset = (how: string, encoding: string, made: () => Uint8Array): Candidate => ({
    code: 'digest-over-declared-charset',
    party: 'signer',
    how,
    data: { encoding },
    work,
    octets: made,
  });
  yield charset('other-encoding', 'UTF-16LE', () => utf16(text, false));
  yield charset('other-encoding', 'UTF-16BE', () => utf16(text, true));
  yield charset('other-encoding', 'UTF-16LE with BOM', () =>
    concatOctets(Uint8Array.of(0xff, 0xfe), utf16(text, false)),
  );
  yield charset('other-encoding', 'UTF-16BE with BOM', () =>
    concatOctets(Uint8Array.of(0xfe, 0xff), utf16(text, true)),
  );
  if (octets.every((octet) => octet < 0x80)) return;
  for (const [windows, encoding] of [
    [false, 'ISO-8859-1'],
    [true, 'windows-1252'],
  ] as const) {
    const single = singleOctets(text, windows);
    if (single !== null) {
      // Characters that are the octets of others: the text was UTF-8 and read octet by octet.
      if (firstInvalidUtf8(single) < 0) yield misread('misread-undone', encoding, () => single, 'transit', work);
      yield charset('other-encoding', encoding, () => single);
    }
    yield misread('misread', encoding, () => encodeUtf8(readAsSingle(octets, windows)), 'signer', work);
  }
  yield misread('seven-bits', 'US-ASCII', () => octets.map((octet) => octet & 0x7f), 'signer', work);
  yield misread('letters-dropped', 'US-ASCII', () => octets.filter((octet) => octet < 0x80), 'signer', work);
  yield charset('letters-to-question-marks', 'US-ASCII', () => encodeUtf8(text.replace(/[^\0-\x7f]/gu, '?')));
  yield charset('letters-to-question-marks', 'ISO-8859-1', () =>
    Uint8Array.from(text, (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code > 0xff ? 0x3f : code;
    }),
  );
}

function misread(
  how: string,
  encoding: string,
  made: () => Uint8Array,
  party: 'signer' | 'transit',
  work: number,
): Candidate {
  return { code: 'utf8-read-as-latin1-or-ascii', party, how, data: { encoding }, work, octets: made };
}

/** A digest taken of a digest, or of nothing. @param once the digest of `octets` */
export function* hashedAgain(octets: Uint8Array, once: Uint8Array | null): Generator<Candidate> {
  const twice = (how: string, made: Uint8Array): Candidate => ({
    code: 'digest-double-hash',
    party: 'signer',
    how,
    octets: () => made,
  });
  if (once !== null) {
    yield twice('hash-of-hash', once);
    yield twice('hash-of-hex', encodeUtf8(encodeHex(once)));
    yield twice('hash-of-hex', encodeUtf8(encodeHex(once).toUpperCase()));
    yield twice('hash-of-base64', encodeUtf8(encodeBase64(once)));
  }
  yield twice('hash-of-base64-text', encodeUtf8(encodeBase64(octets)));
  yield { code: 'digest-of-empty', party: 'signer', how: 'nothing-hashed', octets: () => new Uint8Array(0) };
}
