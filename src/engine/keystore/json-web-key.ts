/** JSON Web Keys and sets of them (RFC 7517, RFC 7518 §6, RFC 8037, RFC 8812). */
import { decodeBase64 } from '../bytes/base64.ts';
import { bigIntFromOctets } from '../bytes/der.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { coordinateLength, namedCurve } from '../crypto/curves.ts';
import type { CurveName, PublicKey } from '../crypto/keys.ts';
import { modInverse } from '../crypto/modular.ts';
import { ecKey, KeyOid, rawKey, rsaKey } from '../crypto/spki.ts';
import { foundProblem, NOTHING, type FoundInFile, type FoundKey, type FoundProblem } from './key-file-types.ts';
import { ecPkcs8, edwardsPkcs8, readPkcs8, rsaPkcs8 } from './private-key.ts';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** base64url without padding, as JWK writes it; ordinary base64 is taken too. */
function octets(value: unknown): Uint8Array | null {
  if (typeof value !== 'string' || value === '') return null;
  const plain = value.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return decodeBase64(plain + '='.repeat((4 - (plain.length % 4)) % 4)).octets;
}

function number(value: unknown): bigint | null {
  const found = octets(value);
  return found === null ? null : bigIntFromOctets(found);
}

const CURVES: ReadonlyMap<string, CurveName> = new Map(
  Object.entries({
    'P-256': 'P-256',
    'P-384': 'P-384',
    'P-521': 'P-521',
    secp256k1: 'secp256k1',
  }),
);
const EDWARDS: ReadonlyMap<string, { readonly kind: 'Ed25519' | 'Ed448' | 'X25519' | 'X448'; readonly oid: string }> =
  new Map(
    Object.entries({
      Ed25519: { kind: 'Ed25519', oid: KeyOid.ed25519 },
      Ed448: { kind: 'Ed448', oid: KeyOid.ed448 },
      X25519: { kind: 'X25519', oid: KeyOid.x25519 },
      X448: { kind: 'X448', oid: KeyOid.x448 },
    }),
  );

/** Material of one key: public part and, where it has one, PKCS#8; or what is wrong. */
type Material =
  | { readonly publicKey: PublicKey; readonly pkcs8: Uint8Array | null }
  | { readonly secret: Uint8Array }
  | { readonly wrong: string }
  | { readonly unknown: string };

function rsaMaterial(key: Json): Material {
  const [n, e, d, p, q] = [key.n, key.e, key.d, key.p, key.q].map(number);
  if (!n || !e || n <= 1n) return { wrong: 'n, e' };
  if (!d) return { publicKey: rsaKey(n, e), pkcs8: null };
  if (!p || !q || p <= 1n || q <= 1n) return { wrong: 'p, q' };
  const coefficient = modInverse(q, p);
  return coefficient === null
    ? { wrong: 'qi' }
    : { publicKey: rsaKey(n, e), pkcs8: rsaPkcs8([n, e, d, p, q, d % (p - 1n), d % (q - 1n), coefficient]) };
}

function ecMaterial(key: Json): Material {
  const curve = CURVES.get(String(key.crv));
  if (curve === undefined) return { unknown: String(key.crv) };
  const [x, y] = [octets(key.x), octets(key.y)];
  const length = coordinateLength(namedCurve(curve));
  if (x === null || y === null || x.length > length || y.length > length) return { wrong: 'x, y' };
  const point = new Uint8Array(1 + 2 * length);
  point[0] = 4;
  point.set(x, 1 + length - x.length);
  point.set(y, 1 + 2 * length - y.length);
  const read = ecKey(curve, point);
  if (!read.ok) return { wrong: read.problem.code };
  const d = octets(key.d);
  return { publicKey: read.key, pkcs8: d === null ? null : ecPkcs8(namedCurve(curve).oid, d, point) };
}

function edwardsMaterial(key: Json): Material {
  const curve = EDWARDS.get(String(key.crv));
  const x = octets(key.x);
  if (curve === undefined) return { unknown: String(key.crv) };
  const read = x === null ? null : rawKey(curve.kind, x);
  if (!read?.ok) return { wrong: 'x' };
  const d = octets(key.d);
  return { publicKey: read.key, pkcs8: d === null ? null : edwardsPkcs8(curve.oid, d) };
}

function material(key: Json): Material {
  switch (key.kty) {
    case 'RSA':
      return rsaMaterial(key);
    case 'EC':
      return ecMaterial(key);
    case 'OKP':
      return edwardsMaterial(key);
    case 'oct': {
      const secret = octets(key.k);
      return secret === null ? { wrong: 'k' } : { secret };
    }
    default:
      return { unknown: String(key.kty) };
  }
}

function readKey(key: Json): FoundKey | FoundProblem {
  const kid = typeof key.kid === 'string' ? key.kid : null;
  const certificates: Certificate[] = [];
  for (const text of Array.isArray(key.x5c) ? key.x5c.slice(0, 10) : []) {
    const der = octets(text);
    const read = der === null ? null : readCertificate(der);
    if (read?.ok) certificates.push(read.certificate);
  }
  const found = material(key);
  if ('wrong' in found) return foundProblem('key-file-damaged', kid, found.wrong);
  if ('unknown' in found) return foundProblem('key-algorithm-unknown', kid, found.unknown);
  const base = { ...NOTHING, alias: kid, name: kid, certificates };
  if ('secret' in found) return { ...base, secret: found.secret };
  if (found.pkcs8 === null) return { ...base, publicKey: found.publicKey };
  const read = readPkcs8(found.pkcs8);
  return read.ok
    ? { ...base, publicKey: read.key.publicKey, privateKey: read.key }
    : foundProblem(read.code, kid, read.what);
}

/** Reads a JWK or a JWK Set; null where the octets are no JSON object. */
export function readJsonWebKeys(file: Uint8Array): FoundInFile | null {
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(file).replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
  if (!isObject(json)) return null;
  const isSet = Array.isArray(json.keys);
  if (!isSet && typeof json.kty !== 'string') {
    return { format: 'JSON', keys: [], crls: [], problems: [foundProblem('key-format-unknown', null, 'JSON')] };
  }
  const listed: readonly unknown[] = Array.isArray(json.keys) ? json.keys : [json];
  const keys: FoundKey[] = [];
  const problems: FoundProblem[] = [];
  for (const item of listed) {
    const found = isObject(item) ? readKey(item) : foundProblem('key-file-damaged', null, 'keys');
    if ('code' in found) problems.push(found);
    else keys.push(found);
  }
  return { format: isSet ? 'JWK Set' : 'JWK', keys, crls: [], problems };
}
