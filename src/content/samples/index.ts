/** The samples, the one shown on opening first. Files are embedded octet for octet and loaded when they are chosen. */
import type { LoadedSample, SampleEntry } from './sample.ts';

const ROOT = ['example-root-ca.pem'];
const ANCHORS = ['trust.pem'];
const CLIENT = ['client-rsa2048.crt.pem'];

export const SAMPLES: readonly SampleEntry[] = [
  { id: 'signed', title: 'Signed Body and Timestamp', line: 'The everyday case: X.509 token, RSA-SHA256, exclusive canonicalization', stack: 'xmlsec1', message: 'order-signed.xml', keys: [], trust: ROOT, users: [], at: '2026-11-22T09:31:00Z', headline: 'valid' },
  { id: 'reindented', title: 'Re-indented after signing', line: 'A hop formatted the XML: the sender signed correctly, the Body’s digest no longer matches', stack: 'xmlsec1', message: 'order-reformatted.xml', keys: [], trust: ROOT, users: [], at: '2026-11-22T09:31:00Z', headline: 'invalid' },
  { id: 'missing-certificate', title: 'The signer’s certificate is missing', line: 'The message names its key by identifier only: it says which certificate would help', stack: 'WSS4J', message: 'pc-035c0a83f1.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:53:25Z', headline: 'incomplete' },
  { id: 'wrapped', title: 'Wrapped Body', line: 'The signed Body was moved into the header and a forged one put in its place', stack: 'xmlseclibs (PHP)', message: 'pc-4819ef106d.xml', keys: CLIENT, trust: ANCHORS, users: [], at: '2026-11-22T06:53:27Z', headline: 'wrapped' },
  { id: 'changed-text', title: 'Text changed after signing', line: 'One word in the Body was changed; the Timestamp’s digest still matches', stack: 'xmlsec1', message: 'pc-a48826c361.xml', keys: CLIENT, trust: ANCHORS, users: [], at: '2026-11-22T06:53:26Z', headline: 'invalid' },
  { id: 'prefix-rewritten', title: 'Namespace prefix rewritten', line: 'A router renamed the envelope’s prefix: harmless to XML, fatal to a digest', stack: 'WSS4J', message: 'pc-1261a392af.xml', keys: CLIENT, trust: ANCHORS, users: [], at: '2026-11-22T06:53:25Z', headline: 'invalid' },
  { id: 'username-and-signature', title: 'UsernameToken with digest, and a signature', line: 'The password digest is recomputed from nonce and creation time; Body signed', stack: 'gSOAP', message: 'pc-b83fafade0.xml', keys: CLIENT, trust: ANCHORS, users: [{ name: 'alice', password: 's3cret' }], at: '2026-11-22T06:53:26Z', headline: 'valid' },
  { id: 'password-digest', title: 'Password digest that does not match', line: 'A UsernameToken whose digest was changed: authentication fails', stack: 'WSS4J', message: 'pc-a1e5a6dd74.xml', keys: [], trust: [], users: [{ name: 'alice', password: 's3cret' }], at: '2026-11-22T06:53:25Z', headline: 'invalid' },
  { id: 'expired', title: 'Expired Timestamp', line: 'Soundly signed, and long past its Expires', stack: 'Santuario', message: 'pc-8d39f8058b.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:54:33Z', headline: 'valid-stale' },
  { id: 'revoked', title: 'Revoked certificate', line: 'The signer’s certificate stands in its issuer’s revocation list', stack: 'Santuario', message: 'pc-9a650116be.xml', keys: ['ca.crl.pem'], trust: ANCHORS, users: [], at: '2026-11-22T06:54:26Z', headline: 'valid-untrusted' },
  { id: 'untrusted', title: 'Signed by a stranger', line: 'The signature holds; no path leads to an authority you trust', stack: 'Santuario', message: 'pc-31b06aad36.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:54:25Z', headline: 'valid-untrusted' },
  { id: 'saml', title: 'SAML 2.0 assertion, signed by its issuer', line: 'A bearer assertion with an enveloped signature', stack: 'Santuario', message: 'pc-0d3acc1c5c.xml', keys: ['server-rsa2048.crt.pem'], trust: ANCHORS, users: [], at: '2026-11-22T06:54:00Z', headline: 'valid-partial' },
  { id: 'shared-secret', title: 'Signed with a shared secret', line: 'HMAC-SHA256; both sides hold the same key', stack: 'Santuario', message: 'pc-75dd3ee961.xml', keys: ['hmac32.bin'], trust: [], users: [], at: '2026-11-22T06:54:00Z', headline: 'valid' },
  { id: 'elliptic', title: 'Elliptic curve, key in the message', line: 'ECDSA on P-256 with the public key as DEREncodedKeyValue', stack: 'Santuario', message: 'pc-c8bf27f6bf.xml', keys: [], trust: ['client-ec256.crt.pem'], users: [], at: '2026-11-22T06:54:00Z', headline: 'valid' },
  { id: 'utf-16', title: 'Stored again as UTF-16', line: 'Other octets, the same characters: canonicalization makes them equal, the signature holds', stack: 'XML-Security-C', message: 'pc-44dfbbcdac.xml', keys: CLIENT, trust: ANCHORS, users: [], at: '2026-11-22T06:53:26Z', headline: 'valid' },
  { id: 'node-soap', title: 'As node-soap signs', line: 'Body and Timestamp, with the Ids that node-soap makes', stack: 'node-soap', message: 'pc-15b3bc2fe9.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:53:27Z', headline: 'valid' },
  { id: 'zeep', title: 'As zeep signs', line: 'Python’s zeep with xmlsec: a token after the signature that names it', stack: 'zeep', message: 'pc-e7d0141309.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:53:26Z', headline: 'valid' },
  { id: 'gsoap-reindented', title: 'Every line moved', line: 'The whole message was printed anew: both digests and the signature over them fail', stack: 'gSOAP', message: 'pc-7bd10367a1.xml', keys: CLIENT, trust: ANCHORS, users: [], at: '2026-11-22T06:53:26Z', headline: 'invalid' },
  { id: 'wss4j', title: 'As WSS4J signs', line: 'All on one line, as most Java stacks send it; RSA 3072 and SHA-512 digests', stack: 'WSS4J', message: 'pc-1be6264a26.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:53:25Z', headline: 'valid' },
  { id: 'php', title: 'As PHP’s xmlseclibs signs', line: 'Characters outside ASCII in the signed Body', stack: 'xmlseclibs (PHP)', message: 'pc-6fff36426d.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:53:27Z', headline: 'valid' },
  { id: 'cut-off', title: 'Cut off in the middle', line: 'Half a message: what was read is shown, and where it ends', stack: 'zeep', message: 'pc-6f0b831ac0.xml', keys: [], trust: ANCHORS, users: [], at: '2026-11-22T06:53:26Z', headline: 'malformed' },
];

type Embedded = Readonly<Record<string, () => Promise<string>>>;

const FILES = import.meta.glob('./embedded/*/*.ts', { import: 'default' }) as Embedded;

function octetsOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

async function embedded(path: string): Promise<Uint8Array> {
  const load = FILES[`./embedded/${path}.ts`];
  if (!load) throw new Error(`no embedded file ${path}`);
  return octetsOf(await load());
}

export async function loadSample(entry: SampleEntry): Promise<LoadedSample> {
  const keyFile = async (name: string, trusted: boolean) => ({ name, trusted, secret: name.endsWith('.bin'), octets: await embedded(`keys/${name}`) });
  const [octets, keys] = await Promise.all([
    embedded(`messages/${entry.message}`),
    Promise.all([...entry.keys.map((name) => keyFile(name, false)), ...entry.trust.map((name) => keyFile(name, true))]),
  ]);
  return { id: entry.id, title: entry.title, message: { name: entry.message, octets }, keys, users: entry.users, at: Date.parse(entry.at) };
}
