/** Words for UsernameTokens. */
import type { PasswordDigestMade, TokenFindings } from '../../../engine/trace/finding-data/tokens.ts';
import { fixedWords, said, type FindingWords, type FindingCatalogue } from '../catalogue.ts';

const PART_WORDS: Readonly<Record<string, string>> = {
  'nonce:base64-text': 'the base64 text of the nonce instead of the octets it stands for',
  'nonce:hex-packed': 'the octets that the nonce, written in hexadecimal, stands for',
  'nonce:hex-text': 'the nonce as hexadecimal text',
  'nonce:hex-text-upper': 'the nonce as hexadecimal text',
  'nonce:base64-of-base64-text': 'the nonce encoded in base64 twice',
  'nonce:absent': 'no nonce',
  'created:absent': 'no Created',
  'password:absent': 'no password',
  'created:timestamp-created': "the Timestamp's Created instead of the token's",
  'created:without-fraction': 'Created without its fraction of a second',
  'created:with-milliseconds': 'Created with milliseconds',
  'created:with-zero-milliseconds': 'Created with .000',
  'created:offset-zero': 'Created with +00:00 instead of Z',
  'created:without-zone': 'Created without time zone',
  'created:other-second': 'another second than Created says: the time was taken twice',
  'created:other-zone': 'the same moment written in another time zone',
  'password:sha1': 'the SHA-1 of the password instead of the password',
  'password:sha1-hex': 'the SHA-1 of the password in hexadecimal',
  'password:sha1-base64': 'the SHA-1 of the password in base64',
  'password:md5': 'the MD5 of the password',
  'password:md5-hex': 'the MD5 of the password in hexadecimal',
  'password:md5-base64': 'the MD5 of the password in base64',
  'password:iso-8859-1': 'the password in ISO-8859-1 instead of UTF-8',
  'password:utf-16le': 'the password in UTF-16',
  'password:utf-16be': 'the password in UTF-16',
  'password:trimmed': 'the password without its spaces at the ends',
  'password:with-line-feed': 'the password with a line end',
  'password:with-crlf': 'the password with a line end',
  'password:base64': 'the base64 of the password',
  'encoding:hex-text': 'the digest written in hexadecimal',
  'encoding:base64-of-hex': 'the base64 of the hexadecimal digest',
  'digest:sha256': 'SHA-256 instead of SHA-1',
  'digest:sha512': 'SHA-512 instead of SHA-1',
};

function recipe({ how }: PasswordDigestMade): string {
  // Where a code is explained without a case there is the member's name only.
  const parts = Array.isArray(how) ? how : [said(how)];
  return parts
    .map(
      (part) =>
        PART_WORDS[part] ??
        (part.startsWith('order:')
          ? `the parts in the order ${part.slice(6).replaceAll('-', ', ')}`
          : part.replace(':', ': ').replaceAll('-', ' ')),
    )
    .join('; ');
}

const DIGEST_RULE =
  'The digest is Base64(SHA-1(nonce octets, then the text of Created, then the password in UTF-8)), ' +
  'UsernameToken Profile 1.1 §3.1. Of the hashes tried, one with another recipe gives exactly the value in the ' +
  'message: that proves what the sender did.';

const digestMade = (title: string, fixes: Readonly<Record<string, string>>): FindingWords<PasswordDigestMade> => ({
  title: () => title,
  message: (data) =>
    `The password of ${said(data.username, 'the user')} is right, but the digest was made with ` +
    `${recipe(data)}. Recomputed that way it is the value in the message. The sender must change how it makes ` +
    'the digest.',
  explain: DIGEST_RULE,
  fixes,
});

/** By code, each with the data that its code carries. */
export const USERNAME_TOKEN_FINDINGS = {
  'user-unknown': {
    title: (data) => `No password is known for ${said(data.username, 'this user')}`,
    message: (data) =>
      `Of the ${said(data.given)} users given, none has this name. Give the user's password, or the sender ` +
      'must use another name.',
  },
  'password-not-given': {
    title: (data) => `The password of ${said(data.username, 'this user')} was not given`,
    message: () => 'The token cannot be checked without it. Give user and password to have it checked.',
  },
  'password-wrong': {
    title: (data) => `The password of ${said(data.username)} is wrong`,
    message: (data) =>
      'The password in the token is not the one ' +
      `given${data.sameButForCaseOrSpace ? '; they differ only in capital letters or in spaces' : ''}.`,
  },
  'password-digest-wrong': {
    title: (data) => `The password digest of ${said(data.username)} is wrong`,
    message: (data) =>
      said(data.otherUser) !== ''
        ? `The digest is right for the password of ${said(data.otherUser)}: the sender used another user's password.`
        : !data.decodable
          ? 'The Password is not base64, so it is not a digest.'
          : `With the password given, nonce and Created make ${said(data.computed)}; the message says ` +
            `${said(data.stated, 'something that is no digest')}. None of the known wrong ways of making a digest gives that value: most ` +
            'likely the password is another one.',
    explain: DIGEST_RULE,
  },
  'pwd-digest-nonce-not-decoded': digestMade('The password digest was made with the text of the nonce', {
    'Any sender': 'Decode the nonce from base64 before hashing.',
    Savon: 'See savon issue 157.',
  }),
  'pwd-digest-created-mismatch': digestMade('The password digest was made with another Created', {
    'Any sender': 'Make the time once, keep it in one variable, hash and send that text.',
  }),
  'pwd-digest-hex': digestMade('The password digest is base64 of hexadecimal text', {
    PHP: '`base64_encode(sha1($nonce . $created . $password, true))`: the third argument gives octets.',
  }),
  'pwd-digest-order-or-missing-part': digestMade('The password digest was made of the wrong parts', {
    'Any sender': 'Hash nonce, Created, password, in this order, and leave none out.',
  }),
  'pwd-digest-hashed-or-encoded-password': digestMade('The password digest was made of a changed password', {
    'WSS4J receivers': '`passwordsAreEncoded`, if the store holds hashes.',
    'Any sender': 'Hash the password itself in UTF-8.',
  }),
  'pwd-type-missing-or-wrong': {
    title: (data) =>
      said(data.reason) === 'missing'
        ? 'Password has no Type'
        : said(data.reason) === 'unknown'
          ? 'Password has an unknown Type'
          : 'Password has the wrong Type',
    message: (data) =>
      said(data.reason) === 'text-labelled-digest'
        ? 'The value is the password itself, yet Type says PasswordDigest. The sender must send the digest, or ' +
          'say PasswordText.'
        : said(data.reason) === 'digest-labelled-text'
          ? 'The value is the right digest, yet Type does not say PasswordDigest, so receivers compare it as a ' +
            'password. The sender must set Type to …#PasswordDigest.'
          : said(data.reason) === 'missing'
            ? 'Without Type it means PasswordText; some receivers require it to be stated (Basic Security Profile ' +
              'R4201).'
            : `Type is "${said(data.type)}", which the UsernameToken Profile does not define.`,
    fixes: {
      'node-soap': 'Set `passwordType`; WSSecurityCertWithToken writes none.',
      WCF: 'WCF sends and accepts PasswordText only.',
    },
  },
  'pwdtext-with-nonce': {
    title: (data) => (data.nonce ? 'A plain password with Nonce' : 'A plain password with Created'),
    message: () =>
      'They do nothing for a PasswordText, and strict receivers refuse a token that has them, or has one ' +
      'without the other.',
    fixes: { 'node-soap': '`hasNonce: false`', Metro: 'Allow a nonce in the receiver requirement.' },
  },
  'nonce-encodingtype-missing': {
    title: () => 'Nonce has no EncodingType',
    message: () =>
      'WS-Security allows that, Basic Security Profile R4220 does not: WSS4J and Spring-WS answer "BSP:R4220: ' +
      'Any NONCE MUST specify an EncodingType attribute".',
    fixes: {
      'The sender': 'Add EncodingType="…#Base64Binary" to Nonce.',
      'Spring-WS receiver': '`setBspCompliant(false)`, until the sender is fixed.',
    },
  },
  R4221: {
    title: () => 'Nonce has an unknown EncodingType',
    message: (data) =>
      `"${said(data.encodingType)}" is not …#Base64Binary, the only one that Basic Security Profile R4221 knows.`,
  },
  'nonce-not-base64': fixedWords(
    'The nonce is not base64',
    'Receivers decode it before hashing; they differ in what they do with text that is not base64. The sender must ' +
      'encode the nonce.',
  ),
  'nonce-too-long-or-created-precision': fixedWords(
    'A long nonce or a very precise Created',
    'Some cameras and other devices refuse nonces of more than 24 octets or more than three digits of a second.',
  ),
  'username-without-password': {
    title: (data) => `${said(data.username, 'The user')} is named without password`,
    message: () =>
      'The token asserts a name and proves nothing. Only a signature over it, or the transport, can vouch for it.',
  },
  'usernametoken-without-username': fixedWords(
    'The UsernameToken has no Username',
    'A receiver cannot look up any password.',
  ),
  'usernametoken-repeated-element': {
    title: (data) => `${said(data.element)} stands more than once in the UsernameToken`,
    message: () => 'One is allowed (Basic Security Profile R4222, R4223, R4225). Receivers differ in which they take.',
  },
  'usernametoken-digest-without-nonce': {
    title: () => 'A password digest without nonce or Created',
    message: (data) =>
      `${!data.nonce ? 'Nonce' : 'Created'} is missing. Such a digest can be sent again by anybody ` +
      'who saw it, and most receivers refuse it.',
  },
  'salt-malformed': fixedWords(
    'The salt is not base64',
    'No key can be derived from the password without it (UsernameToken Profile 1.1 §4).',
  ),
  'iteration-malformed': {
    title: () => 'Iteration is not a number',
    message: (data) => `"${said(data.text)}" is not a number of iterations, so no key can be derived.`,
  },
  R4218: {
    title: (data) => `Only ${said(data.iterations)} iterations`,
    message: () => 'Basic Security Profile R4218 asks for at least 1000 when a key is derived from a password.',
  },
} satisfies Partial<FindingCatalogue<TokenFindings>>;
