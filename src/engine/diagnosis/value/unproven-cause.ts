/** What a value that nothing explains may still mean: likely, by the form of its block, and proven by nothing. */
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { Signer } from './real-signer.ts';
import { keyData, signersCause, usedKey, type ValueCause } from './value-cause.ts';

/** @returns null where its form tells nothing */
export function unprovenCause(signature: JudgedSignature, signer: Signer, value: Uint8Array): ValueCause | null {
  const used = usedKey(signature);
  if (used === null) return null;
  const { known, recovered } = signer;
  const data = keyData(known);
  if (recovered?.block.padding === 'pkcs1') {
    // Well-formed under this key: it signed, but not this SignedInfo.
    return {
      code: 'signature-of-other-signedinfo',
      party: 'transit',
      how: 'well-formed-block',
      data: { ...data, digest: recovered.digest },
      proven: false,
      also: [],
    };
  }
  if (used.kind !== 'RSA') return null;
  const expected = (used.bits + 7) >> 3;
  if (value.length !== expected) {
    const lengths = { ...data, octets: value.length, expected };
    return signersCause('sig-wrong-key-for-cert', 'other-length', lengths, false);
  }
  // Nothing recovered: the value, as a number, is not below the modulus, so that this key cannot have made it.
  if (recovered !== null && recovered.block.padding !== 'none') return null;
  const named = signature.used?.certificate?.subjectText ?? null;
  return signersCause('sig-wrong-key-for-cert', 'random-block', { ...data, named }, false);
}
