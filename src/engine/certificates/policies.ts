/**
 * Certificate policies (RFC 5280 §6.1.2 to §6.1.5) with every policy acceptable to the user: what remains is whether an
 * authority demands
 * a policy that the path does not have. One level of the policy tree is kept, as only the last one decides then.
 */
import { bigIntFromOctets, derContent, derInteger, derOid } from '../bytes/der.ts';
import { ExtensionOid, extensionElement, type Extension } from './extensions.ts';

const ANY = '2.5.29.32.0';

/** Policies taken from one certificate; further ones are left out. */
const MOST_POLICIES = 256;

interface Constraints {
  readonly requireExplicit: number | null;
  readonly inhibitMapping: number | null;
}

function policyConstraints(extensions: readonly Extension[]): Constraints {
  const element = extensionElement(extensions, ExtensionOid.policyConstraints);
  const count = (tag: number): number | null => {
    const field = element?.children.find((child) => child.tag === tag);
    return field === undefined ? null : Number(bigIntFromOctets(derContent(field)));
  };
  return { requireExplicit: count(0x80), inhibitMapping: count(0x81) };
}

function policiesOf(extensions: readonly Extension[]): readonly string[] | null {
  const element = extensionElement(extensions, ExtensionOid.certificatePolicies);
  return element === null
    ? null
    : element.children
        .slice(0, MOST_POLICIES)
        .map((policy) => derOid(policy.children[0]))
        .filter((oid) => oid !== null);
}

function mappingsOf(extensions: readonly Extension[]): ReadonlyMap<string, ReadonlySet<string>> {
  const mappings = new Map<string, Set<string>>();
  for (const pair of (extensionElement(extensions, ExtensionOid.policyMappings)?.children ?? []).slice(
    0,
    MOST_POLICIES,
  )) {
    const [issuer, subject] = [derOid(pair.children[0]), derOid(pair.children[1])];
    if (issuer !== null && subject !== null) mappings.set(issuer, (mappings.get(issuer) ?? new Set()).add(subject));
  }
  return mappings;
}

/**
 * The state of §6.1.2 while a path is walked down from its anchor; `step` once for each certificate below the anchor.
 */
export class PolicyState {
  /** Valid policies of this depth with what is expected below them; null for an empty tree. */
  #level: Map<string, ReadonlySet<string>> | null = new Map([[ANY, new Set([ANY])]]);
  #explicit: number;
  #mapping: number;
  #any: number;

  /** `length`: certificates below the anchor. */
  constructor(length: number) {
    this.#explicit = length + 1;
    this.#mapping = length + 1;
    this.#any = length + 1;
  }

  /** Takes one certificate; null where it passes, else why not: `policy-required`, `any-policy-mapped`. */
  step(extensions: readonly Extension[], selfIssued: boolean, isEnd: boolean): string | null {
    this.#level = this.#next(policiesOf(extensions), this.#any > 0 || (!isEnd && selfIssued));
    if (this.#explicit === 0 && this.#level === null) return 'policy-required';
    const constraints = policyConstraints(extensions);
    if (isEnd) {
      const explicit = Math.max(0, this.#explicit - 1);
      return (explicit === 0 || constraints.requireExplicit === 0) && this.#level === null ? 'policy-required' : null;
    }
    const mappings = mappingsOf(extensions);
    if (mappings.has(ANY) || [...mappings.values()].some((targets) => targets.has(ANY))) return 'any-policy-mapped';
    this.#map(mappings);
    if (!selfIssued) {
      this.#explicit = Math.max(0, this.#explicit - 1);
      this.#mapping = Math.max(0, this.#mapping - 1);
      this.#any = Math.max(0, this.#any - 1);
    }
    this.#explicit = Math.min(this.#explicit, constraints.requireExplicit ?? this.#explicit);
    this.#mapping = Math.min(this.#mapping, constraints.inhibitMapping ?? this.#mapping);
    const inhibit = derInteger(extensionElement(extensions, ExtensionOid.inhibitAnyPolicy) ?? undefined);
    if (inhibit !== null) this.#any = Math.min(this.#any, Number(inhibit));
    return null;
  }

  /** §6.1.3 d and e. */
  #next(policies: readonly string[] | null, anyAllowed: boolean): Map<string, ReadonlySet<string>> | null {
    const level = this.#level;
    if (policies === null || level === null) return null;
    const expected = new Set([...level.values()].flatMap((values) => [...values]));
    const next = new Map<string, ReadonlySet<string>>();
    for (const policy of policies) {
      if (policy !== ANY && (expected.has(policy) || level.has(ANY))) next.set(policy, new Set([policy]));
    }
    if (policies.includes(ANY) && anyAllowed) {
      for (const policy of expected) if (!next.has(policy)) next.set(policy, new Set([policy]));
    }
    return next.size === 0 ? null : next;
  }

  /** §6.1.4 b. */
  #map(mappings: ReadonlyMap<string, ReadonlySet<string>>): void {
    const level = this.#level;
    if (level === null) return;
    for (const [policy, targets] of mappings) {
      if (this.#mapping === 0) level.delete(policy);
      else if (level.has(policy) || level.has(ANY)) level.set(policy, targets);
    }
    if (level.size === 0) this.#level = null;
  }
}
