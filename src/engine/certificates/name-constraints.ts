/** Name constraints (RFC 5280 §4.2.1.10, §6.1.3 b and c): which names an authority may certify. */
import type { Certificate } from './certificate.ts';
import { nameIsWithin } from './compare-name.ts';
import {
  ExtensionOid,
  extensionElement,
  readGeneralName,
  subjectAltNames,
  type Extension,
  type GeneralName,
} from './extensions.ts';

/**
 * Subtrees gathered down a path. `permitted` holds one list for each certificate that gave any: a name must be in each.
 */
export interface NameConstraints {
  readonly permitted: readonly (readonly GeneralName[])[];
  readonly excluded: readonly GeneralName[];
}

/** What stands above an anchor: every name is allowed. */
export const NO_CONSTRAINTS: NameConstraints = { permitted: [], excluded: [] };

/** Adds a certificate's constraints to those from above. */
export function withConstraints(constraints: NameConstraints, extensions: readonly Extension[]): NameConstraints {
  const element = extensionElement(extensions, ExtensionOid.nameConstraints);
  if (element === null) return constraints;
  const subtrees = (tag: number): readonly GeneralName[] =>
    (element.children.find((child) => child.tag === tag)?.children ?? [])
      .map((subtree) => readGeneralName(subtree.children[0]))
      .filter((name) => name !== null);
  const permitted = subtrees(0xa0);
  return {
    permitted: permitted.length === 0 ? constraints.permitted : [...constraints.permitted, permitted],
    excluded: [...constraints.excluded, ...subtrees(0xa1)],
  };
}

function hostWithin(host: string, base: string): boolean {
  const [a, b] = [host.toLowerCase(), base.toLowerCase()];
  return b === '' || a === b || a.endsWith(b.startsWith('.') ? b : `.${b}`);
}

/** A host of a mailbox or URI: the same host, or below a base that begins with a period. */
function exactOrBelow(host: string, base: string): boolean {
  return base.startsWith('.')
    ? host.toLowerCase().endsWith(base.toLowerCase())
    : host.toLowerCase() === base.toLowerCase();
}

function uriHost(uri: string): string {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]{0,64}:\/\/([^/?#]{0,1024})/.exec(uri)?.[1] ?? '';
  return authority.replace(/^.*@/, '').replace(/:\d*$/, '');
}

/** Whether a name lies in a subtree of the same type; null where the type is not one that is judged. */
function isWithin(name: GeneralName, base: GeneralName): boolean | null {
  switch (name.type) {
    case 'directoryName':
      return name.name !== null && base.name !== null && nameIsWithin(name.name, base.name);
    case 'dNSName':
      return hostWithin(name.text, base.text);
    case 'rfc822Name': {
      const at = name.text.lastIndexOf('@');
      const host = name.text.slice(at + 1);
      if (base.text.includes('@')) {
        const baseAt = base.text.lastIndexOf('@');
        return (
          name.text.slice(0, at) === base.text.slice(0, baseAt) &&
          host.toLowerCase() === base.text.slice(baseAt + 1).toLowerCase()
        );
      }
      return exactOrBelow(host, base.text);
    }
    case 'uniformResourceIdentifier': {
      const host = uriHost(name.text);
      return host !== '' && exactOrBelow(host, base.text);
    }
    case 'iPAddress': {
      const size = name.octets.length;
      if (base.octets.length !== 2 * size) return false;
      return name.octets.every(
        (octet, at) =>
          (octet & (base.octets[size + at] ?? 0)) === ((base.octets[at] ?? 0) & (base.octets[size + at] ?? 0)),
      );
    }
    default:
      return null;
  }
}

const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

/**
 * All names that constraints judge: the subject, its alternative names, and e-mail addresses in the subject where there
 * is no alternative name.
 */
function namesOf(certificate: Certificate, extensions: readonly Extension[]): readonly GeneralName[] {
  const none = new Uint8Array();
  const alternatives = subjectAltNames(extensions);
  const subject: GeneralName[] =
    certificate.subject.length === 0
      ? []
      : [{ type: 'directoryName', text: '', octets: none, name: certificate.subject }];
  const mailboxes = alternatives.some((name) => name.type === 'rfc822Name')
    ? []
    : certificate.subject
        .flat()
        .filter((attribute) => attribute.oid === EMAIL_ADDRESS)
        .map((attribute): GeneralName => ({ type: 'rfc822Name', text: attribute.value, octets: none, name: null }));
  return [...subject, ...mailboxes, ...alternatives];
}

/** Names times subtrees compared for one certificate, beyond which it is refused. */
const MOST_COMPARISONS = 100_000;

/** The first name that breaks the constraints, and how; null where none does. */
export function brokenConstraint(
  constraints: NameConstraints,
  certificate: Certificate,
  extensions: readonly Extension[],
): { readonly type: string; readonly how: 'excluded' | 'not-permitted' | 'not-judged' } | null {
  const names = namesOf(certificate, extensions);
  const subtrees = constraints.excluded.length + constraints.permitted.reduce((sum, list) => sum + list.length, 0);
  if (names.length * subtrees > MOST_COMPARISONS) return { type: 'subtrees', how: 'not-judged' };
  for (const name of names) {
    for (const base of constraints.excluded) {
      if (base.type !== name.type) continue;
      const within = isWithin(name, base);
      if (within !== false) return { type: name.type, how: within === null ? 'not-judged' : 'excluded' };
    }
    for (const list of constraints.permitted) {
      const same = list.filter((base) => base.type === name.type);
      if (same.length === 0) continue;
      const verdicts = same.map((base) => isWithin(name, base));
      if (!verdicts.includes(true)) {
        return { type: name.type, how: verdicts.includes(null) ? 'not-judged' : 'not-permitted' };
      }
    }
  }
  return null;
}
