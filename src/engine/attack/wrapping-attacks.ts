/**
 * Signature wrapping: what is signed stays somewhere, another stands where the receiver reads (docs/attacks.md,
 * "Wrapping and coverage").
 */
import { concatOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { NodeIndex } from '../xml/document.ts';
import { childElementsNamed, qualifiedName } from '../xml/navigate.ts';
import { DS } from '../xml/namespaces.ts';
import { changing, NOT_ALL_SIGNED, unfit, type Attack } from './attack.ts';
import {
  after,
  appended,
  before,
  chosen,
  forged,
  inStartTag,
  octetsOf,
  prepended,
  removed,
  replaced,
  signedBody,
  signedTimestamp,
  sourceOf,
  withoutIds,
  type AttackedMessage,
  type Change,
} from './attacked-message.ts';

const wrapper = (octets: Uint8Array): Uint8Array =>
  concatOctets(encodeUtf8('<forged:aside xmlns:forged="urn:forged">'), octets, encodeUtf8('</forged:aside>'));

/** The signed Body goes where `aside` puts it, a forged one takes its place. */
function bodyMoved(
  aside: (message: AttackedMessage, body: NodeIndex) => Change | null,
  keepId = false,
): Attack['attempt'] {
  return (message) => {
    const body = signedBody(message);
    if (body === null) return unfit('no-signed-body');
    const put = aside(message, body);
    if (put === null) return unfit('no-header');
    return changing(put, replaced(message, body, forged(keepId ? sourceOf(message, body) : withoutIds(message, body))));
  };
}

const header = ({ envelope }: AttackedMessage) => envelope?.header ?? null;

/** Moves of the Body, the Timestamp and the addressing headers, and second ones beside them. */
export const WRAPPING_ATTACKS = {
  'body-into-header': {
    row: 'XSW-01',
    right: NOT_ALL_SIGNED,
    attempt: bodyMoved((message, body) => {
      const at = header(message);
      return at === null ? null : appended(message, at, wrapper(octetsOf(message, body)));
    }),
  },
  'body-into-header-bare': {
    row: 'XSW-01',
    right: NOT_ALL_SIGNED,
    attempt: bodyMoved((message, body) => {
      const at = header(message);
      return at === null ? null : prepended(message, at, octetsOf(message, body));
    }),
  },
  'body-into-security': {
    row: 'XSW-01',
    right: NOT_ALL_SIGNED,
    attempt: bodyMoved((message, body) =>
      message.security === null ? null : appended(message, message.security, wrapper(octetsOf(message, body))),
    ),
  },
  'body-into-object': {
    row: 'XSW-10',
    right: NOT_ALL_SIGNED,
    attempt: bodyMoved((message, body) => {
      const [signature] = message.signatures;
      if (signature === undefined) return null;
      const [prefix = ''] = qualifiedName(message.document, signature).split(':').slice(0, -1);
      const name = prefix === '' ? 'Object' : `${prefix}:Object`;
      return appended(
        message,
        signature,
        concatOctets(encodeUtf8(`<${name}>`), octetsOf(message, body), encodeUtf8(`</${name}>`)),
      );
    }),
  },
  'body-behind-body': {
    row: 'XSW-05',
    right: NOT_ALL_SIGNED,
    attempt: bodyMoved((message, body) => after(message, body, octetsOf(message, body))),
  },
  'body-with-same-id': {
    row: 'XSW-02',
    right: [],
    attempt: bodyMoved((message, body) => {
      const at = header(message);
      return at === null ? null : appended(message, at, wrapper(octetsOf(message, body)));
    }, true),
  },
  'second-body-before': {
    row: 'XSW-05',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const body = signedBody(message);
      if (body === null) return unfit('no-signed-body');
      return changing(before(message, body, forged(withoutIds(message, body))));
    },
  },
  'second-body-after': {
    row: 'XSW-05',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const body = signedBody(message);
      if (body === null) return unfit('no-signed-body');
      return changing(after(message, body, forged(withoutIds(message, body))));
    },
  },
  'id-in-another-attribute': {
    row: 'XSW-03',
    right: [],
    attempt: (message, seed) => {
      const at = header(message);
      const target = chosen(message.signed, seed);
      const id = target === undefined ? null : message.ids.idOf(target);
      if (at === null || id === null) return unfit(at === null ? 'no-header' : 'no-signature');
      const name = ['ID', 'Id', 'id', 'AssertionID', 'xml:id'][seed % 5] ?? 'ID';
      return changing(appended(message, at, `<forged:other xmlns:forged="urn:forged" ${name}="${id}"/>`));
    },
  },
  'element-beside-body': {
    row: 'XSW-05',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const body = message.envelope?.body ?? null;
      if (body === null) return unfit('not-soap');
      return changing(after(message, body, '<forged:more xmlns:forged="urn:forged">forged</forged:more>'));
    },
  },
  'timestamp-aside': {
    row: 'TOK-01',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const timestamp = signedTimestamp(message);
      const at = header(message);
      if (timestamp === null || at === null) return unfit('no-signed-timestamp');
      return changing(appended(message, at, wrapper(octetsOf(message, timestamp))), removed(message, timestamp));
    },
  },
  'timestamp-replaced': {
    row: 'XSW-01',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const timestamp = signedTimestamp(message);
      const at = header(message);
      if (timestamp === null || at === null) return unfit('no-signed-timestamp');
      return changing(
        appended(message, at, wrapper(octetsOf(message, timestamp))),
        replaced(message, timestamp, withoutIds(message, timestamp)),
      );
    },
  },
  'timestamp-twice': {
    row: 'XSW-05',
    right: [],
    attempt: (message) => {
      const timestamp = signedTimestamp(message);
      if (timestamp === null) return unfit('no-signed-timestamp');
      return changing(after(message, timestamp, withoutIds(message, timestamp)));
    },
  },
  'addressing-replaced': {
    row: 'XSW-13',
    right: NOT_ALL_SIGNED,
    attempt: (message, seed) => {
      const addressing = message.envelope?.addressing.map(({ node }) => node) ?? [];
      const block = chosen(
        addressing.filter((node) => message.signed.includes(node)),
        seed,
      );
      if (block === undefined) return unfit('no-signed-addressing');
      return changing(
        after(message, block, wrapper(octetsOf(message, block))),
        replaced(message, block, forged(withoutIds(message, block), 'urn:forged')),
      );
    },
  },
  'object-with-signed-info': {
    row: 'SIG-03',
    right: [],
    attempt: (message) => {
      const body = signedBody(message);
      const [signature] = message.signatures;
      if (body === null || signature === undefined) return unfit('no-signed-body');
      const [info] = childElementsNamed(message.document, signature, DS, 'SignedInfo');
      if (info === undefined) return unfit('no-signature');
      return changing(
        appended(message, signature, `<Object xmlns="${DS}">${sourceOf(message, info)}</Object>`),
        replaced(message, body, forged(sourceOf(message, body))),
      );
    },
  },
  'root-around': {
    row: 'XSW-16',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const { document, envelope } = message;
      if (envelope === null) return unfit('not-soap');
      return changing(
        before(message, document.root, '<forged:root xmlns:forged="urn:forged">'),
        after(message, document.root, '</forged:root>'),
      );
    },
  },
  'envelope-around': {
    row: 'XSW-16',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const { document, envelope } = message;
      if (envelope === null) return unfit('not-soap');
      const prefix = 'xmlns:around';
      return changing(
        before(message, document.root, `<around:Envelope ${prefix}="${envelope.namespace}"><around:Body>`),
        after(message, document.root, '</around:Body></around:Envelope>'),
      );
    },
  },
  'second-root': {
    row: 'XSW-14',
    right: [],
    attempt: (message) => changing(after(message, message.document.root, '<forged:root xmlns:forged="urn:forged"/>')),
  },
  'language-from-outside': {
    row: 'C14-07',
    right: ['valid', 'valid-weak', 'valid-untrusted', ...NOT_ALL_SIGNED],
    attempt: (message) => changing(inStartTag(message, message.document.root, ' xml:lang="x-forged"')),
  },
} as const satisfies Readonly<Record<string, Attack>>;
