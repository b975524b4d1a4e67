/**
 * Messages to measure with: generated from a size, signed by Node's own crypto over octets that need no
 * canonicalization.
 */
import {
  constants,
  createCipheriv,
  createHash,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export function keyPair() {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: pair.privateKey,
    publicKey: pair.publicKey,
    publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }),
    privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

const CONTENT = 'http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform';

const reference = ({ id, canonical: octets, attachment }) =>
  `<ds:Reference URI="${attachment ? 'cid:' : '#'}${id}"><ds:Transforms>` +
  `<ds:Transform Algorithm="${attachment ? CONTENT : EXC}"></ds:Transform></ds:Transforms>` +
  `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>` +
  `<ds:DigestValue>${createHash('sha256').update(octets).digest('base64')}</ds:DigestValue></ds:Reference>`;

/**
 * An envelope whose signed parts are given as canonical octets already (exclusive, without context), with `xmlns:soap`
 * and `xmlns:wsu` as the only declarations they inherit and use.
 * @param parts `{ id, header, canonical, written, attachment }`: `canonical` is hashed, `written` stands in the message;
 *   of an `attachment` `id` is the content id, and nothing is written
 */
export function signedMessage(parts, key) {
  const signedInfo = (ns) =>
    `<ds:SignedInfo${ns}><ds:CanonicalizationMethod Algorithm="${EXC}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>` +
    `${parts.map(reference).join('')}</ds:SignedInfo>`;
  const value = sign('sha256', Buffer.from(signedInfo(` xmlns:ds="${DS}"`)), key.privateKey).toString('base64');
  const inHeader = parts
    .filter((part) => part.header)
    .map((part) => part.written)
    .join('');
  const inBody = parts
    .filter((part) => !part.header)
    .map((part) => part.written)
    .join('');
  return Buffer.from(
    `<soap:Envelope xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"><soap:Header><wsse:Security xmlns:wsse="${WSSE}" ` +
      'soap:mustUnderstand="1">' +
      ('<ds:Signature ' +
        `xmlns:ds="${DS}">${signedInfo('')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature></wsse:Security>${inHeader}</soap:Header>${inBody}</soap:Envelope>`),
  );
}

/** A message whose Body and whose attachment `part` are signed. */
export function withAttachment(octets, key) {
  const content = '<order>1</order>';
  const start = (declarations) => `<soap:Body${declarations} wsu:Id="body">`;
  const canonical = `${start(` xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"`)}${content}</soap:Body>`;
  const parts = [
    { id: 'body', canonical, written: `${start('')}${content}</soap:Body>` },
    { id: 'part', canonical: octets, written: '', attachment: true },
  ];
  return signedMessage(parts, key);
}

const body = (content, key) => {
  const start = (declarations) => `<soap:Body${declarations} wsu:Id="body">`;
  const canonical = `${start(` xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"`)}${content}</soap:Body>`;
  return signedMessage([{ id: 'body', header: false, canonical, written: `${start('')}${content}</soap:Body>` }], key);
};

/** About `octets` octets of content: orders with attributes, text, a nested namespace. */
function orders(octets) {
  const rows = [];
  let length = 0;
  for (let i = 0; length < octets; i += 1) {
    const row =
      `<app:item xmlns:app="urn:example:orders" number="${i}" status="open"><app:name>Article ${i} Größe ` +
      `M</app:name><app:price currency="EUR">${(i * 7) % 1000}.50</app:price><note ` +
      `xmlns="urn:example:notes">deliver to door &amp; ring</note></app:item>\n`;
    rows.push(row);
    length += row.length;
  }
  return rows.join('');
}

/** A message of about `octets` octets. */
export function bySize(octets, key) {
  return body(orders(octets), key);
}

const ENC = 'http://www.w3.org/2001/04/xmlenc#';
const BLOCK = {
  'AES-128-GCM': { uri: 'http://www.w3.org/2009/xmlenc11#aes128-gcm', cipher: 'aes-128-gcm', key: 16, iv: 12 },
  'AES-256-CBC': { uri: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc', cipher: 'aes-256-cbc', key: 32, iv: 16 },
};

/**
 * A message whose Body's content, about `octets` octets, is encrypted under a session key that is wrapped by RSA-OAEP,
 * in
 * lines of 64 characters as most stacks write base64.
 * @returns `octets` of the message; `secret`, `iv` and `cipher` (tag included) as WebCrypto takes them
 */
export function encryptedMessage(octets, algorithm, key) {
  const { uri, cipher, key: keyOctets, iv: ivOctets } = BLOCK[algorithm];
  const secret = randomBytes(keyOctets);
  const iv = randomBytes(ivOctets);
  const encryption = createCipheriv(cipher, secret, iv);
  const parts = [encryption.update(Buffer.from(orders(octets))), encryption.final()];
  if (algorithm.endsWith('GCM')) parts.push(encryption.getAuthTag());
  const ciphertext = Buffer.concat(parts);
  const wrapped = publicEncrypt(
    { key: key.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    secret,
  ).toString('base64');
  const value = Buffer.concat([iv, ciphertext]).toString('base64').replace(/.{64}/g, '$&\n');
  const encryptedKey =
    '<xenc:EncryptedKey><xenc:EncryptionMethod ' +
    `Algorithm="${ENC}rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>${wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
  const message =
    `<soap:Envelope xmlns:soap="${SOAP}"><soap:Header/><soap:Body><xenc:EncryptedData xmlns:xenc="${ENC}" ` +
    `Type="${ENC}Content"><xenc:EncryptionMethod Algorithm="${uri}"/>` +
    ('<ds:KeyInfo ' +
      `xmlns:ds="${DS}">${encryptedKey}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>${value}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></soap:Body></soap:Envelope>`);
  return { octets: Buffer.from(message), secret, iv, cipher: ciphertext };
}

export function byReferences(count, key) {
  const parts = [
    {
      id: 'body',
      header: false,
      canonical: `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"><a></a></soap:Body>`,
      written: '<soap:Body wsu:Id="body"><a></a></soap:Body>',
    },
  ];
  for (let i = 1; i < count; i += 1) {
    const content = 'x'.repeat(2000);
    parts.push({
      id: `h${i}`,
      header: true,
      canonical: `<h xmlns:wsu="${WSU}" wsu:Id="h${i}">${content}</h>`,
      written: `<h wsu:Id="h${i}">${content}</h>`,
    });
  }
  return signedMessage(parts, key);
}

/** `width` chains of elements nested `depth` deep, so that only the depth differs between two messages of one size. */
export function byDepth(depth, total, key) {
  const chain = `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
  return body(chain.repeat(Math.max(1, Math.round(total / depth))), key);
}

export function byNamespaces(count, key) {
  const elements = [];
  for (let i = 0; i < count; i += 1) elements.push(`<p${i}:e xmlns:p${i}="urn:example:${i}"></p${i}:e>`);
  return body(elements.join(''), key);
}

/** All namespaces declared on one element, as many as the limit of attributes per element allows, each used below. */
export function byAttributes(perElement, elements, key) {
  const attributes = Array.from({ length: perElement }, (_, i) => ` a${String(i).padStart(4, '0')}="v"`).join('');
  return body(`<e${attributes}></e>`.repeat(elements), key);
}
