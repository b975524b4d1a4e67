/** Words for the envelope, the Security headers and the tokens in them. */
import type { PasswordDigestMade, TokenFindings } from '../../engine/trace/finding-data/tokens.ts';
import { said, type FindingCatalogue, type FindingWords } from './catalogue.ts';

/** Seconds as people say them. */
function duration(given: number | undefined): string {
  const seconds = Math.abs(given ?? 0);
  // Where a code is explained without a case there is the member's name only.
  if (Number.isNaN(seconds)) return said(given);
  for (const [unit, size] of [
    ['days', 86_400],
    ['hours', 3600],
    ['minutes', 60],
  ] as const) {
    if (seconds >= 2 * size) return `${Math.round(seconds / size)} ${unit}`;
  }
  return `${Math.round(seconds)} seconds`;
}

const PART_WORDS: Readonly<Record<string, string>> = {
  'nonce:base64-text': 'the base64 text of the nonce instead of the octets it stands for',
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

const bsp = (title: string, message: string): FindingWords<unknown> => ({ title: () => title, message: () => message });

export const TOKEN_FINDINGS: FindingCatalogue<TokenFindings> = {
  'soap-namespace-wrong': {
    title: (data) => `${said(data.element)} is in no SOAP namespace`,
    message: (data) =>
      `Its namespace is "${said(data.namespace, '(none)')}", where "${said(data.expected)}" was meant. A ` +
      'receiver answers with VersionMismatch or does not see a SOAP message at all; the sender must write the ' +
      'namespace exactly.',
  },
  'soap-body-missing': bsp(
    'The envelope has no Body',
    'Every SOAP envelope must have exactly one Body. There is nothing here that an application could consume.',
  ),
  'soap-several-headers': {
    title: () => 'The envelope has more than one Header',
    message: (data) =>
      `There are ${said(data.count)} Header elements where one is allowed. Programs differ in which they ` +
      'read, so a Security header may be checked in one and missed in another.',
  },
  'soap-header-after-body': bsp(
    'The Header stands after the Body',
    'SOAP asks for the Header first. Some receivers ignore a Header that comes later, and with it the Security header.',
  ),
  'soap-attribute-namespace': {
    title: (data) => `${said(data.attribute)} is not in the envelope's namespace`,
    message: (data) =>
      `On ${said(data.block)} it is ` +
      `${said(data.namespace) === '' ? 'in no namespace' : `in "${said(data.namespace)}"`}, so it means ` +
      `nothing: it must be in "${said(data.expected)}".`,
  },
  'mustunderstand-not-boolean': {
    title: () => 'mustUnderstand is not a boolean',
    message: (data) => `The value "${said(data.value)}" on ${said(data.block)} is not 0, 1, true or false.`,
  },
  'wsa-mismatch': bsp(
    'Two versions of WS-Addressing in one message',
    'Headers of 2004/08 and of 2005/08 stand side by side. A receiver reads one of them and misses what is said ' +
      'in the other.',
  ),
  'wsa-duplicate-header': {
    title: (data) => `wsa:${said(data.header)} stands ${said(data.count)} times`,
    message: () =>
      'WS-Addressing allows one. Which of them a receiver follows, and which of them is signed, may differ.',
  },

  'XSW-14': {
    title: (data) =>
      data.actor === null
        ? 'Several Security headers for the same recipient'
        : `Several Security headers for ${said(data.actor)}`,
    message: (data) =>
      `There are ${said(data.count)} of them where one is allowed. A program that verifies one and reads ` +
      'tokens from another can be tricked, so the message is refused.',
  },
  R3206: {
    title: () => 'More than one Security header without actor',
    message: () => 'Basic Security Profile R3206 allows at most one Security header without an actor.',
  },
  R3210: {
    title: () => 'Two Security headers with the same actor',
    message: (data) =>
      `Basic Security Profile R3210: no two Security headers may name the actor "${said(data.actor)}".`,
  },
  'actor-role-mismatch': {
    title: () => 'The Security header is for another receiver',
    message: (data) =>
      data.taken === true
        ? `It names the actor "${said(data.actors)}". No actor was set for us, so this only header was read ` +
          `all the same; a receiver that is not that actor ignores it. Set the receiver's actor if it is ours.`
        : `No Security header is for ${said(data.wanted, 'a receiver without actor')}; those here name ` +
          `"${said(data.actors)}". Sender and receiver must agree on the actor.`,
    fixes: {
      WSS4J: 'Set the same `actor` on both sides.',
      'Any receiver': 'Give its actor with --receiver-actor, or in the settings.',
    },
  },
  'security-header-missing': {
    title: (data) => `There is no Security header, but a ${said(data.element)}`,
    message: (data) =>
      `"${said(data.element)}" of the WS-Security namespace is a header block of its own. Receivers process ` +
      'wsse:Security and nothing else, so they see no security in this message: the sender must write ' +
      'wsse:Security there, with tokens and signatures as its children.',
  },
  'signature-not-in-ds-namespace': {
    title: (data) => `${said(data.element)} is in the wrong namespace`,
    message: (data) =>
      `It is in "${said(data.namespace, 'no namespace')}" (${said(data.meant)}), where receivers of today ` +
      `look for "${said(data.expected)}". They do not see it at all; the sender must write that namespace.`,
  },

  'timestamp-malformed': {
    title: (data) => `${said(data.element, 'A time')} is not a time a receiver can read`,
    message: (data) =>
      said(data.reason) === 'repeated'
        ? `${said(data.element)} stands more than once in the Timestamp.`
        : said(data.reason) === 'namespace'
          ? `${said(data.element)} is not in the wsu namespace.`
          : `"${said(data.text)}" is not an xsd:dateTime. The sender must write times like 2026-11-22T06:53:25.000Z.`,
  },
  'ts-expired': {
    title: (data) => `The message expired ${duration(data.lateSeconds)} ago`,
    message: (data) =>
      said(data.by) === 'ttl'
        ? `It was created too long ago: it was good until ${said(data.expires)} by the longest lifetime that ` +
          `is accepted, and is judged as of ${said(data.at)}.`
        : `Expires is ${said(data.expires)}; the message is judged as of ${said(data.at)}, with ` +
          `${said(data.skewSeconds)} seconds of tolerance.`,
    explain:
      'A captured message that is sent again, a queue on the way, or a clock that is wrong on either side. To ' +
      'look at an old message, set the clock to the day it was sent.',
    fixes: {
      'WSS4J and CXF': '`ws-security.timestamp.timeToLive` on the sending side; NTP on both.',
      SoapUI: 'Raise the TTL of the Timestamp entry.',
    },
  },
  'ts-created-in-future': {
    title: (data) => `The message was created ${duration(data.aheadSeconds)} in the future`,
    message: (data) =>
      `Created is ${said(data.created)}; the message is judged as of ${said(data.at)}, with ` +
      `${said(data.skewSeconds)} seconds of tolerance. The sender's clock is ahead, or the receiver's is ` +
      'behind.',
    fixes: {
      WSS4J: '`futureTimeToLive` allows 60 seconds.',
      WCF: 'MaxClockSkew on the binding.',
      'Any party': 'Synchronise clocks with NTP.',
    },
  },
  'ts-local-time-as-utc': {
    title: () => 'Local time seems to be written as UTC',
    message: (data) =>
      `Created is off by almost exactly ${said(data.hours)} hours. That is what comes out when a sender ` +
      'writes its local time and puts Z behind it.',
    fixes: {
      Ruby: '`Time.now.utc.xmlschema`',
      Java: '`Instant.now().toString()`',
      '.NET': '`DateTime.UtcNow.ToString("o")`',
    },
  },
  'ts-missing-expires-or-order': {
    title: (data) =>
      said(data.reason) === 'expires-not-after-created'
        ? 'Expires is not after Created'
        : said(data.reason) === 'created-missing'
          ? 'The Timestamp has no Created'
          : 'The Timestamp has no Expires',
    message: (data) =>
      said(data.reason) === 'expires-not-after-created'
        ? `Created is ${said(data.created)}, Expires ${said(data.expires)}: the message was never valid. ` +
          'The sender must write a later Expires.'
        : 'Many receivers ask for both Created and Expires. Without them only the receiver can say how long the ' +
          'message is good.',
  },
  'ts-zone-missing': {
    title: () => 'Created has no time zone',
    message: (data) =>
      `"${said(data.created)}" is read as UTC here; other receivers take their own local time. The sender ` +
      'should write Z.',
  },
  'ts-device-clock-offset': {
    title: () => "The UsernameToken's Created is outside the accepted window",
    message: (data) =>
      `Created is ${said(data.created)}, ${duration(data.offsetSeconds)} ` +
      `${data.offsetSeconds > 0 ? 'ahead of' : 'before'} the judged time ${said(data.at)}. Either ` +
      'a clock is wrong or the token is used again. Devices answer this with "Sender not Authorized" though the ' +
      'password is right.',
    fixes: { ONVIF: 'Ask the device with GetSystemDateAndTime and shift Created by the difference.' },
  },
  R3227: {
    title: () => 'More than one Timestamp in the header',
    message: (data) =>
      `There are ${said(data.count)}. Basic Security Profile R3227 allows one: receivers differ in which ` +
      'they judge.',
  },

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
          ? `"${said(data.stated)}" is not base64, so it is not a digest.`
          : `With the password given, nonce and Created make ${said(data.computed)}; the message says ` +
            `${said(data.stated)}. None of the known wrong ways of making a digest gives that value: most ` +
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
            ? 'Without Type it means PasswordText; some receivers require it to be stated (Basic Security Profile R4201).'
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
  'nonce-not-base64': bsp(
    'The nonce is not base64',
    'Receivers decode it before hashing; they differ in what they do with text that is not base64. The sender must ' +
      'encode the nonce.',
  ),
  'nonce-too-long-or-created-precision': bsp(
    'A long nonce or a very precise Created',
    'Some cameras and other devices refuse nonces of more than 24 octets or more than three digits of a second.',
  ),
  'username-without-password': {
    title: (data) => `${said(data.username, 'The user')} is named without password`,
    message: () =>
      'The token asserts a name and proves nothing. Only a signature over it, or the transport, can vouch for it.',
  },
  'usernametoken-without-username': bsp('The UsernameToken has no Username', 'A receiver cannot look up any password.'),
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
  'salt-malformed': bsp(
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

  'bst-content-malformed': {
    title: (data) =>
      said(data.reason) === 'encoding-type-says-hex'
        ? 'The token says hexadecimal, its content is base64'
        : 'The BinarySecurityToken does not hold what it says',
    message: (data) => {
      const reason = said(data.reason);
      if (reason === 'encoding-type-says-hex') {
        return (
          'The content decodes as base64. A receiver that follows EncodingType reads other octets; the sender ' +
          'must write …#Base64Binary.'
        );
      }
      if (reason === 'not-base64') {
        return 'Its text is not base64. The sender wrote something else, or the token was damaged on the way.';
      }
      if (reason === 'pem-armour') {
        return 'The lines BEGIN and END CERTIFICATE were left in. The sender must send the base64 between them only.';
      }
      if (reason === 'empty') return 'It is empty.';
      if (reason === 'value-type-differs') {
        return (
          `ValueType says ${said(data.stated)}, the octets are ${said(data.actual)}. The sender must write ` +
          'the ValueType of what it sends.'
        );
      }
      if (reason === 'no-certificate') return 'Its octets are well-formed but hold no certificate.';
      return (
        'Its octets are not a certificate: ' +
        `${said(data.what, reason).replaceAll('-', ' ')}${data.offset === undefined ? '' : ` at octet ${said(data.offset)}`}. ` +
        'Usually the content was cut off or changed.'
      );
    },
    fixes: {
      WSS4J: '`useSingleCertificate=false` sends a PKIPath; both sides must expect it.',
      'Any sender': 'Take the DER of the certificate, base64, nothing else.',
    },
  },
  R3029: bsp(
    'The BinarySecurityToken has no EncodingType',
    'Basic Security Profile R3029 asks for it; …#Base64Binary is the only value.',
  ),
  R3030: {
    title: () => 'The BinarySecurityToken has an unknown EncodingType',
    message: (data) => `"${said(data.encodingType)}" is not …#Base64Binary (Basic Security Profile R3030).`,
  },
  R3031: bsp(
    'The BinarySecurityToken has no ValueType',
    'Basic Security Profile R3031 asks for it. Without it a receiver must guess what the octets are.',
  ),
  R3032: {
    title: () => 'A ValueType of no known profile',
    message: (data) =>
      `"${said(data.valueType)}" is not a type that a token profile defines. ` +
      (data.certificates > 0
        ? 'The octets hold a certificate, so it is read here as one; a receiver goes by the ValueType and refuses ' +
          'the token. The sender must write …x509-token-profile-1.0#X509v3.'
        : 'It is shown, not judged.'),
  },

  'saml-conditions-expired': {
    title: (data) =>
      said(data.reason) === 'over'
        ? `The assertion expired ${duration(data.lateSeconds)} ago`
        : `The assertion is not valid for another ${duration(data.earlySeconds)}`,
    message: (data) =>
      said(data.reason) === 'over'
        ? `NotOnOrAfter of its ${said(data.of)} is ${said(data.notOnOrAfter)}; it is judged as of ` +
          `${said(data.at)}. The client must ask its token service for a new one.`
        : `NotBefore of its ${said(data.of)} is ${said(data.notBefore)}; it is judged as of ` +
          `${said(data.at)}. The issuer's clock is ahead of the receiver's.`,
  },
  'saml-id-missing': {
    title: () => 'The assertion has no id',
    message: (data) => `The attribute ${said(data.attribute)} is missing, so that no signature can point to it.`,
  },

  'derived-key-malformed': {
    title: () => 'The derived key is described wrongly',
    message: (data) =>
      `${said(data.element)} is missing, is not a number, gives fewer than ten octets, or stands where another ` +
      'excludes it. No key can be derived.',
  },
  'derived-key-algorithm-unknown': {
    title: () => 'An unknown way of deriving a key',
    message: (data) => `"${said(data.algorithm)}" is not P_SHA-1, the only one that WS-SecureConversation defines.`,
  },
  'signature-confirmation-mismatch': {
    title: () => 'The answer does not confirm this request',
    message: (data) =>
      said(data.reason) === 'not-confirmed'
        ? `The request's signature value ${said(data.value)} is not confirmed by the response.`
        : said(data.reason) === 'value-missing'
          ? 'The confirmation has no Value, though the request was signed.'
          : `The value ${said(data.value)} is of no signature of the request: the response answers another ` +
            'message, or the request was changed on the way.',
  },
};
