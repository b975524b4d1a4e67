/** Digest methods (XML Signature 1.1 §6.2, RFC 9231 §2.1, RFC 9215). */
import { cite, no, ofKind } from './algorithm-row.ts';
import { Digest, GOST_URN } from './identifiers.ts';
import { MORE01 } from '../xml/namespaces.ts';

/** Each its own digest. */
export const DIGEST_ALGORITHMS = ofKind('digest', [
  {
    uri: Digest.sha1,
    name: 'SHA-1',
    digest: Digest.sha1,
    bits: 160,
    strength: 'weak',
    citation: cite('XMLDSIG', '6.2.1'),
  },
  { uri: Digest.sha224, name: 'SHA-224', digest: Digest.sha224, bits: 224, citation: cite('RFC9231', '2.1.2') },
  { uri: Digest.sha256, name: 'SHA-256', digest: Digest.sha256, bits: 256, citation: cite('XMLDSIG', '6.2.2') },
  { uri: Digest.sha384, name: 'SHA-384', digest: Digest.sha384, bits: 384, citation: cite('RFC9231', '2.1.3') },
  { uri: Digest.sha512, name: 'SHA-512', digest: Digest.sha512, bits: 512, citation: cite('XMLDSIG', '6.2.4') },
  { uri: Digest.sha3_224, name: 'SHA3-224', digest: Digest.sha3_224, bits: 224, citation: cite('RFC9231', '2.1.5') },
  { uri: Digest.sha3_256, name: 'SHA3-256', digest: Digest.sha3_256, bits: 256, citation: cite('RFC9231', '2.1.5') },
  { uri: Digest.sha3_384, name: 'SHA3-384', digest: Digest.sha3_384, bits: 384, citation: cite('RFC9231', '2.1.5') },
  { uri: Digest.sha3_512, name: 'SHA3-512', digest: Digest.sha3_512, bits: 512, citation: cite('RFC9231', '2.1.5') },
  { uri: Digest.md5, name: 'MD5', digest: Digest.md5, bits: 128, strength: 'weak', citation: cite('RFC9231', '2.1.1') },
  {
    uri: Digest.ripemd160,
    name: 'RIPEMD-160',
    digest: Digest.ripemd160,
    bits: 160,
    strength: 'weak',
    citation: cite('XMLENC', '5.7.4'),
  },
  {
    uri: Digest.whirlpool,
    name: 'Whirlpool',
    digest: Digest.whirlpool,
    bits: 512,
    strength: 'legacy',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.1.4'),
  },
  {
    uri: `${MORE01}gostr3411`,
    name: 'GOST R 34.11-94',
    digest: `${MORE01}gostr3411`,
    bits: 256,
    strength: 'unknown',
    support: no('gost-national'),
    citation: cite('RFC9231', '2.1'),
  },
  {
    uri: `${GOST_URN}gostr34112012-256`,
    name: 'GOST R 34.11-2012 (256 bit)',
    digest: `${GOST_URN}gostr34112012-256`,
    bits: 256,
    strength: 'unknown',
    support: no('gost-national'),
    citation: cite('RFC9231', '2.1'),
  },
  {
    uri: `${GOST_URN}gostr34112012-512`,
    name: 'GOST R 34.11-2012 (512 bit)',
    digest: `${GOST_URN}gostr34112012-512`,
    bits: 512,
    strength: 'unknown',
    support: no('gost-national'),
    citation: cite('RFC9231', '2.1'),
  },
]);
