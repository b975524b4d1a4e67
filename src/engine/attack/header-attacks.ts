/** Attacks on the header: tokens, addressing, receivers (docs/attacks.md, "Tokens and freshness"). */
import { SAML1, SAML2, WSA_2005, WSSE, WSSE11, WSU } from '../xml/namespaces.ts';
import type { NodeIndex } from '../xml/document.ts';
import {
  attributeValue,
  descendantElements,
  descendantElementsNamed,
  findAttribute,
  isElement,
} from '../xml/navigate.ts';
import { changing, NOT_ALL_SIGNED, unfit, WORSE, type Attack } from './attack.ts';
import {
  after,
  appended,
  attributeReplaced,
  chosen,
  forged,
  inStartTag,
  prepended,
  removed,
  replaced,
  signedTimestamp,
  sourceOf,
  withoutIds,
  type AttackedMessage,
} from './attacked-message.ts';

const USER =
  `<wsse:UsernameToken xmlns:wsse="${WSSE}"><wsse:Username>forged</wsse:Username>` +
  '<wsse:Password>forged</wsse:Password></wsse:UsernameToken>';
const ASSERTION =
  `<saml2:Assertion xmlns:saml2="${SAML2}" ID="_forged" IssueInstant="2026-01-01T00:00:00Z" Version="2.0">` +
  '<saml2:Issuer>forged</saml2:Issuer><saml2:Subject><saml2:NameID>forged</saml2:NameID></saml2:Subject></saml2:Assertion>';

/** Somebody else's claim, in the Security header. */
const inSecurity =
  (made: string): Attack['attempt'] =>
  (message) =>
    message.security === null ? unfit('no-security-header') : changing(appended(message, message.security, made));

/** A block in the SOAP Header. */
const inHeader =
  (make: (message: AttackedMessage) => string): Attack['attempt'] =>
  (message) => {
    const at = message.envelope?.header ?? null;
    return at === null ? unfit('no-header') : changing(appended(message, at, make(message)));
  };

const soap = (message: AttackedMessage) => message.envelope?.namespace ?? '';
const receiver = (message: AttackedMessage, which: 'next' | 'other') => {
  const twelve = message.envelope?.version === '1.2';
  const next = twelve
    ? 'http://www.w3.org/2003/05/soap-envelope/role/next'
    : 'http://schemas.xmlsoap.org/soap/actor/next';
  return `forged:${twelve ? 'role' : 'actor'}="${which === 'next' ? next : 'urn:forged'}"`;
};

/** The attribute that addresses the first Security header, for another one. */
function sameReceiver({ document, security, envelope }: AttackedMessage): string {
  const name = envelope?.version === '1.2' ? 'role' : 'actor';
  const value = security === null ? null : attributeValue(document, security, envelope?.namespace ?? '', name);
  return value === null ? '' : ` forged:${name}="${value.replaceAll(/["&<]/g, '')}"`;
}

function assertions({ document }: AttackedMessage): readonly NodeIndex[] {
  return [...descendantElements(document, 0)].filter(
    (node) => isElement(document, node, SAML2, 'Assertion') || isElement(document, node, SAML1, 'Assertion'),
  );
}

/** Tokens, addressing and the receiver's name. */
export const HEADER_ATTACKS = {
  'addressing-added': {
    row: 'XSW-13',
    right: NOT_ALL_SIGNED,
    attempt: inHeader(
      () => `<forged:ReplyTo xmlns:forged="${WSA_2005}"><forged:Address>urn:forged</forged:Address></forged:ReplyTo>`,
    ),
  },
  'second-security-header': {
    row: 'XSW-14',
    right: NOT_ALL_SIGNED,
    attempt: inHeader(
      (message) =>
        `<wsse:Security xmlns:wsse="${WSSE}" ` +
        `xmlns:forged="${soap(message)}"${sameReceiver(message)}>${USER}</wsse:Security>`,
    ),
  },
  'security-header-for-next': {
    row: 'XSW-14',
    right: NOT_ALL_SIGNED,
    attempt: inHeader(
      (message) =>
        `<wsse:Security xmlns:wsse="${WSSE}" xmlns:forged="${soap(message)}" ${receiver(message, 'next')}>${USER}</wsse:Security>`,
    ),
  },
  'security-header-renamed': {
    row: 'TOK-08',
    // It is read all the same where no other header is there, and told.
    right: WORSE,
    attempt: (message) =>
      message.security === null || message.envelope === null
        ? unfit('no-security-header')
        : changing(
            inStartTag(message, message.security, ` xmlns:forged="${soap(message)}" ${receiver(message, 'other')}`),
          ),
  },
  'username-added': { row: 'TOK-03', right: NOT_ALL_SIGNED, attempt: inSecurity(USER) },
  'assertion-added': { row: 'TOK-05', right: NOT_ALL_SIGNED, attempt: inSecurity(ASSERTION) },
  'assertion-embedded': {
    row: 'TOK-05',
    right: NOT_ALL_SIGNED,
    attempt: inSecurity(
      '<wsse:SecurityTokenReference ' +
        `xmlns:wsse="${WSSE}"><wsse:Embedded>${ASSERTION}</wsse:Embedded></wsse:SecurityTokenReference>`,
    ),
  },
  'confirmation-added': {
    row: 'XSW-13',
    right: NOT_ALL_SIGNED,
    attempt: inSecurity(`<forged:SignatureConfirmation xmlns:forged="${WSSE11}" Value="AAAA"/>`),
  },
  'timestamp-removed': {
    row: 'TOK-01',
    right: [],
    attempt: (message) => {
      const timestamp = signedTimestamp(message);
      return timestamp === null ? unfit('no-signed-timestamp') : changing(removed(message, timestamp));
    },
  },
  'timestamp-extended': {
    row: 'TOK-02',
    right: [],
    attempt: (message) => {
      const timestamp = signedTimestamp(message);
      if (timestamp === null) return unfit('no-signed-timestamp');
      const source = sourceOf(message, timestamp);
      return changing(replaced(message, timestamp, source.replace(/>\s*2\d{3}-/, '>2099-')));
    },
  },
  'timestamp-unsigned': {
    row: 'TOK-02',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const { document, security } = message;
      if (security === null) return unfit('no-security-header');
      if (descendantElementsNamed(document, security, WSU, 'Timestamp').length > 0) return unfit('no-security-header');
      const made = `<forged:Timestamp xmlns:forged="${WSU}"><forged:Created>2026-11-22T00:00:00Z</forged:Created></forged:Timestamp>`;
      return changing(prepended(message, security, made));
    },
  },
  'password-changed': {
    row: 'TOK-03',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const { document, security } = message;
      const [password] = security === null ? [] : descendantElementsNamed(document, security, WSSE, 'Password');
      if (password === undefined) return unfit('no-username-token');
      return changing(replaced(message, password, forged(sourceOf(message, password), 'AAAA')));
    },
  },
  'user-changed': {
    row: 'TOK-03',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const { document, security } = message;
      const [user] = security === null ? [] : descendantElementsNamed(document, security, WSSE, 'Username');
      if (user === undefined) return unfit('no-username-token');
      return changing(replaced(message, user, forged(sourceOf(message, user))));
    },
  },
  'assertion-changed': {
    row: 'XSW-04',
    right: NOT_ALL_SIGNED,
    attempt: (message, seed) => {
      const assertion = chosen(assertions(message), seed);
      if (assertion === undefined) return unfit('no-assertion');
      return changing(replaced(message, assertion, forged(sourceOf(message, assertion))));
    },
  },
  'assertion-twice': {
    row: 'XSW-04',
    right: NOT_ALL_SIGNED,
    attempt: (message, seed) => {
      const assertion = chosen(assertions(message), seed);
      if (assertion === undefined) return unfit('no-assertion');
      const other = forged(withoutIds(message, assertion));
      return changing(after(message, assertion, other));
    },
  },
  'token-exchanged': {
    row: 'KEY-02',
    right: WORSE,
    attempt: (message, seed) => {
      const token = chosen(descendantElementsNamed(message.document, 0, WSSE, 'BinarySecurityToken'), seed);
      if (token === undefined) return unfit('no-token');
      return changing(replaced(message, token, forged(sourceOf(message, token), 'MIIBAAAA')));
    },
  },
  'token-type-changed': {
    row: 'TOK-06',
    right: WORSE,
    attempt: (message, seed) => {
      const token = chosen(descendantElementsNamed(message.document, 0, WSSE, 'BinarySecurityToken'), seed);
      const attribute = token === undefined ? -1 : findAttribute(message.document, token, '', 'ValueType');
      return attribute === -1 ? unfit('no-token') : changing(attributeReplaced(message, attribute, 'urn:forged'));
    },
  },
  'header-nested-deep': {
    row: 'DOS-01',
    right: [],
    attempt: inHeader(() => '<forged>'.repeat(400) + '</forged>'.repeat(400)),
  },
  'header-of-many-attributes': {
    row: 'DOS-02',
    right: [],
    attempt: inHeader(() => `<forged${Array.from({ length: 600 }, (_, at) => ` a${at}=""`).join('')}/>`),
  },
} as const satisfies Readonly<Record<string, Attack>>;
