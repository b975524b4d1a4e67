/** Orders certificates that came together: a key's own first, then its issuers as far as they go. */
import { equalOctets } from '../bytes/octets.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { namesEqual } from '../certificates/compare-name.ts';

/** Longest chain put together here; validation has its own bound. */
const LONGEST = 10;

/** By names, and by key identifiers where two issuers share a name. Signatures are not checked here. */
export function chainFor(own: Certificate, all: readonly Certificate[]): readonly Certificate[] {
  const chain = [own];
  for (let last = own; !last.selfIssued && chain.length < LONGEST;) {
    const issuers = all.filter(
      (candidate) => namesEqual(candidate.subject, last.issuer) && !chain.some((member) => member.id === candidate.id),
    );
    const { authorityKeyId } = last;
    const issuer =
      issuers.find(
        (candidate) => authorityKeyId !== null && candidate.ski !== null && equalOctets(candidate.ski, authorityKeyId),
      ) ?? issuers[0];
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
