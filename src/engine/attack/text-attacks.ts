/**
 * Attacks by mark-up and characters that some reader takes otherwise (docs/attacks.md, "Canonicalization and
 * parsers").
 */
import type { NodeIndex } from '../xml/document.ts';
import {
  attributes,
  attributeValue,
  declaredPrefix,
  descendantElements,
  isElement,
  isNamespaceDeclaration,
} from '../xml/navigate.ts';
import { contentSpan } from '../xml/node-spans.ts';
import { WSSE, XSI } from '../xml/namespaces.ts';
import { changing, NOT_ALL_SIGNED, UNTOUCHED, unfit, WORSE, type Attack } from './attack.ts';
import {
  attributeReplaced,
  before,
  chosen,
  inStartTag,
  inserted,
  replaced,
  signedBody,
  textsIn,
  type AttackedMessage,
  type Change,
} from './attacked-message.ts';

/** Something put into a text of the signed Body, behind its first character. */
function inText(put: string | Uint8Array): Attack['attempt'] {
  return onText((message, text) => inserted(message, contentSpan(message.document, text).start + 1, put));
}

function onText(change: (message: AttackedMessage, text: NodeIndex) => Change): Attack['attempt'] {
  return (message, seed) => {
    const body = signedBody(message);
    if (body === null) return unfit('no-signed-body');
    // Only where an octet is a character can one be put behind the first.
    const texts = textsIn(message, body).filter((node) => isAscii(message, node));
    const text = chosen(texts, seed);
    return text === undefined ? unfit('no-text') : changing(change(message, text));
  };
}

function isAscii({ document }: AttackedMessage, node: NodeIndex): boolean {
  const { start, end } = contentSpan(document, node);
  return end - start > 1 && !document.octets.subarray(start, end).some((octet) => octet > 0x7f || octet === 0x26);
}

/** The Body is no longer what was signed. */
const NOTHING_RIGHT: Attack['right'] = [];

/** Of texts and declarations. */
export const TEXT_ATTACKS = {
  'text-changed': {
    row: 'C14-08',
    right: NOTHING_RIGHT,
    attempt: onText((message, text) => replaced(message, text, 'forged')),
  },
  'comment-in-text': { row: 'SIG-08', right: WORSE, attempt: inText('<!---->') },
  'instruction-in-text': { row: 'SIG-08', right: NOTHING_RIGHT, attempt: inText('<?forged?>') },
  'cdata-in-text': { row: 'C14-08', right: UNTOUCHED, attempt: inText('<![CDATA[]]>') },
  'carriage-return-in-text': { row: 'C14-08', right: NOTHING_RIGHT, attempt: inText('&#xD;') },
  'control-character-in-text': { row: 'C14-08', right: NOTHING_RIGHT, attempt: inText('&#x1;') },
  'broken-utf-8': { row: 'C14-09', right: NOTHING_RIGHT, attempt: inText(Uint8Array.of(0xc0, 0xaf)) },
  'doctype-with-defaults': {
    row: 'C14-02',
    right: NOTHING_RIGHT,
    attempt: (message) =>
      changing(before(message, message.document.root, '<!DOCTYPE x [<!ATTLIST x x CDATA "forged">]>')),
  },
  'entity-in-text': {
    row: 'C14-10',
    right: NOTHING_RIGHT,
    attempt: (message, seed) => {
      const made = inText('&x;')(message, seed);
      if (!made.applies) return made;
      return changing(before(message, message.document.root, '<!DOCTYPE x [<!ENTITY x "forged">]>'), ...made.changes);
    },
  },
  'relative-namespace': {
    row: 'C14-01',
    // A prefix that nobody uses is under no exclusive digest.
    right: UNTOUCHED,
    attempt: (message) => {
      const body = signedBody(message);
      return body === null ? unfit('no-signed-body') : changing(inStartTag(message, body, ' xmlns:forged="1"'));
    },
  },
  'name-of-two-colons': {
    row: 'C14-04',
    right: NOTHING_RIGHT,
    attempt: (message) => {
      const body = signedBody(message);
      return body === null ? unfit('no-signed-body') : changing(inStartTag(message, body, ' x::y="forged"'));
    },
  },
  'attribute-on-signed-element': {
    row: 'C14-05',
    right: NOTHING_RIGHT,
    attempt: (message, seed) => {
      // STR-Transform puts a token in the place of its reference.
      const elements = message.signed.filter(
        (node) => !isElement(message.document, node, WSSE, 'SecurityTokenReference'),
      );
      const element = chosen(elements, seed);
      const name = ['forged', '__proto__', 'constructor'][seed % 3] ?? 'forged';
      return element === undefined
        ? unfit('no-signature')
        : changing(inStartTag(message, element, ` ${name}="forged"`));
    },
  },
  'type-prefix-rebound': {
    row: 'C14-06',
    right: ['valid-weak', ...NOT_ALL_SIGNED],
    attempt: (message) => {
      const body = signedBody(message);
      if (body === null) return unfit('no-signed-body');
      return rebound(message, body) ?? unfit('no-type-name');
    },
  },
} as const satisfies Readonly<Record<string, Attack>>;

/** A prefix of an xsi:type in the Body that the root declares, bound to something else there. */
function rebound(message: AttackedMessage, body: NodeIndex): ReturnType<Attack['attempt']> | null {
  const { document } = message;
  const declared = new Map(
    attributes(document, document.root)
      .filter((attribute) => isNamespaceDeclaration(document, attribute))
      .map((attribute) => [declaredPrefix(document, attribute), attribute]),
  );
  for (const element of descendantElements(document, body)) {
    const [prefix = '', local] = (attributeValue(document, element, XSI, 'type') ?? '').trim().split(':');
    const attribute = declared.get(prefix);
    if (local !== undefined && attribute !== undefined) {
      return changing(attributeReplaced(message, attribute, 'urn:forged'));
    }
  }
  return null;
}
