/** Searches the cause of a digest that does not match (docs/faults.md, "Digest mismatch"). */
import { BudgetExceeded } from '../../bytes/budget.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { equalOctets } from '../../bytes/octets.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { readEncodedValue } from '../../signature/digest-value.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { ReferenceReport } from '../../trace/trace.ts';
import { tryEach, tryStages, type Match } from '../search.ts';
import { digestOf, digestTarget, likelyAlgorithm, otherDigests } from './digest-target.ts';
import { matchingMethods } from './method-causes.ts';
import { MethodSearch } from './method-search.ts';
import { ATTACHMENT_STAGES, REFERENCE_STAGES } from './reference-causes.ts';
import type { ReferenceDiagnosis, ReferenceSearch, SearchPorts, WrongReference } from './reference-search.ts';
import { attachmentOf, referenceSubject } from './reference-subject.ts';

/** @returns null where the digest cannot be searched for: nothing was hashed, or DigestValue is no octets */
export async function diagnoseReference(
  { document }: JudgedSignature,
  wrong: WrongReference,
  ports: SearchPorts,
): Promise<ReferenceDiagnosis | null> {
  const { reference, node, names, account } = wrong;
  if (account.empty) return null;
  const subject = referenceSubject(document, reference, node, names, account);
  const declared = declaredDigest(reference.report);
  if (subject === null || declared === null) return null;
  const named = reference.report.digestMethod;
  const algorithm = likelyAlgorithm(named, declared.length);
  const found: Match[] = [];
  const diagnosis = { reference, node, subject, matches: found, methods: [], digestUsed: null };
  const target = digestTarget(ports.crypto, algorithm ?? named, named, declared);
  await tryEach(otherDigests(ports.crypto, subject.octets, named, declared), target, account, found);
  const [relabelled] = found;
  if (relabelled !== undefined) return { ...diagnosis, digestUsed: relabelled.data.used ?? null };
  if (algorithm === null) return diagnosis;
  const search: ReferenceSearch = {
    ...ports,
    subject,
    reference,
    signature: wrong.signature,
    declared,
    named,
    algorithm,
    computed: await digestOf(ports.crypto, algorithm, subject.octets),
    target,
    methods: new MethodSearch(subject, ports.budget),
  };
  if (await heldBefore(search)) return null;
  const attached = attachmentOf(reference) !== null;
  const digestUsed = algorithm === named ? null : algorithm;
  try {
    await tryStages(attached ? ATTACHMENT_STAGES : REFERENCE_STAGES, search, target, account, found);
    return { ...diagnosis, digestUsed, methods: await matchingMethods(search, account, found) };
  } catch (error) {
    // A bound met while trying ends the search with what it found.
    if (!(error instanceof BudgetExceeded)) throw error;
    return { ...diagnosis, digestUsed };
  }
}

/** DigestValue's octets; null where it is none, or says the computed digest in a wrong encoding. */
function declaredDigest({ expected, computed }: ReferenceReport): Uint8Array | null {
  const right = computed === null ? null : decodeBase64(computed).octets;
  const value = readEncodedValue(expected, right === null ? null : right.length);
  if (!('octets' in value)) return null;
  return right !== null && equalOctets(value.octets, right) ? null : value.octets;
}

/**
 * Whether the nodes have that digest now. Then the signature was judged on another state of the message, as it was
 * before decryption: nothing here is about these octets.
 */
async function heldBefore({ subject, target, budget }: ReferenceSearch): Promise<boolean> {
  const { set, method } = subject;
  return set !== null && method !== null && (await target.matches(canonicalize(set, method, budget).octets)) !== null;
}
