/** Words for the problems of canonicalization methods and node-sets. */
import type { CanonicalizationFindings } from '../../engine/trace/finding-data/canonicalization.ts';
import type { FindingCatalogue } from './catalogue.ts';

/** By code, each with the data that its code carries. */
export const CANONICALIZATION_FINDINGS: FindingCatalogue<CanonicalizationFindings> = {
  'canonicalization-missing': {
    title: () => 'The canonicalization algorithm is not named',
    message: () =>
      'The element has no Algorithm attribute, so there is no way to know which octets were meant. The sender ' +
      'must name the algorithm it used.',
    explain:
      'ds:CanonicalizationMethod and ds:Transform need an Algorithm attribute (XML Signature §4.3.1 and §4.4.3.4).',
  },
  'canonicalization-unknown': {
    title: () => 'The canonicalization algorithm is unknown',
    message: (data) =>
      `No canonicalization algorithm has the URI “${data.uri ?? ''}”. The sender must use one that both sides ` +
      'know; most stacks use Exclusive XML Canonicalization, http://www.w3.org/2001/10/xml-exc-c14n#.',
    explain:
      'A URI is compared character by character. A missing # at the end, another capital letter or a space ' +
      'makes another algorithm of it. A receiver that took an unknown algorithm for a harmless one would let ' +
      'the sender choose what is signed.',
  },
  'canonicalization-unsupported': {
    title: (data) => `${data.name ?? 'This canonicalization'} is not supported`,
    message: (data) =>
      `The message names ${data.name ?? 'an algorithm'} (${data.uri ?? ''}), which exists but which we do not ` +
      'have, so the octets cannot be made and nothing is said about the digest or signature that depends on ' +
      'them.',
  },
  'prefixlist-malformed': {
    title: () => 'The PrefixList holds something that is not a prefix',
    message: (data) =>
      `“${data.token ?? ''}” in the PrefixList of InclusiveNamespaces is not a namespace prefix and not ` +
      '#default. The sender must list prefixes, without colons, apart by spaces.',
    explain:
      'Exclusive XML Canonicalization §4: the list has NMTOKENS that are prefixes, or the token #default for ' +
      'the default namespace.',
  },
  'prefixlist-repeated': {
    title: () => 'There are two InclusiveNamespaces elements',
    message: () =>
      'One algorithm may have one InclusiveNamespaces element. With two, stacks differ in which list they ' +
      'follow, so sender and receiver may hash different octets. The sender must write one list.',
  },
  'prefixlist-too-long': {
    title: () => 'The PrefixList is longer than the limit',
    message: (data) =>
      `The PrefixList has ${data.count ?? 'too many'} tokens; at most ${data.limit ?? 'a bounded number'} are ` +
      'read. Real messages list a few dozen at most.',
    explain:
      'A list with very many tokens costs time at every element. The limit keeps one message from holding up ' +
      'the receiver.',
  },
  'relative-namespace-uri': {
    title: () => 'A namespace name is a relative URI',
    message: (data) =>
      `${names(data.uris)} a relative URI, which canonicalization must not accept. Receivers built on libxml2 ` +
      (data.within
        ? 'or on Santuario refuse the message. '
        : 'refuse the message; those built on Santuario would, were it declared in what is signed and not only around it. ') +
      'Whoever declares the namespace must give it an absolute name.',
    explain:
      'Canonical XML §1.3 makes relative namespace URIs an error, because what they name depends on where the ' +
      'document is. Some receivers turned that error into empty octets and compared the digest of nothing, ' +
      'which let anything pass. Here the octets are whole, so that the digest still says something.',
    fixes: { sender: 'Give the namespace an absolute URI, such as urn:example:orders.' },
  },
};

function names(uris: readonly string[]): string {
  // Where a code is explained without a case there is the member's name only.
  const quoted = [uris].flat().map((uri) => `“${uri}”`);
  const [first] = quoted;
  if (first === undefined) return 'A namespace name is';
  return quoted.length === 1 ? `The namespace name ${first} is` : `Each of the namespace names ${quoted.join(', ')} is`;
}
