/** What was changed in SignedInfo, undone, and what was signed in its place. */
import { said } from '../catalogue.ts';
import { named, type Deeds } from './cause-words.ts';

/** A canonicalization with its PrefixList. */
const method = (data: { readonly signed?: string | null; readonly prefixes?: readonly string[] }): string =>
  `${named(data.signed)}${said(data.prefixes) === '' ? '' : ` and the PrefixList “${said(data.prefixes)}”`}`;

/** By `how`. */
export const SIGNED_INFO_DEEDS: Deeds = {
  'digest-value-changed': (data) => `With the digest that the content of ${said(data.uri)} has in place of DigestValue`,
  'reference-removed': (data) => `With a Reference to ${said(data.uri)} put back`,
  'digest-method-changed': (data) => `With ${named(data.signed)} as DigestMethod`,
  'signature-method-changed': (data) => `With ${named(data.signed)} as SignatureMethod`,
  'transform-relabelled': (data) => `With ${method(data)} in the Transform of ${said(data.uri)}`,
  'canonicalization-relabelled': (data) => `With ${method(data)} as CanonicalizationMethod`,
  'referenced-octets': (data) => `Taking the content of ${said(data.uri, 'the reference')} instead`,
  'digest-value-octets': () => 'Taking the octets of a DigestValue instead',
  'digest-value-text': () => 'Taking the text of a DigestValue instead',
};
