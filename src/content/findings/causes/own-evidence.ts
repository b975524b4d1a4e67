/** How the causes are known that are no other octets. */
import type { CauseData } from '../../../engine/trace/finding-data/causes.ts';
import { said } from '../catalogue.ts';
import { named, type Deeds } from './cause-words.ts';

/** Whose key it is. */
const whose = (data: CauseData): string => said(data.subject, said(data.where, 'another key'));

const pss = (data: CauseData): string =>
  `With PSS, ${named(data.digest)}, mask ${named(data.maskDigest)} and a salt of ` +
  `${said(data.saltLength)} octets it verifies.`;

const inRightForm = (): string => 'In the right form the value verifies.';

/** By the way it was found. */
const EVIDENCE: Deeds = {
  'other-key': (data) =>
    'SignedInfo as it stands verifies with the key of ' +
    `${whose(data)}${said(data.named) === '' ? '' : `, not with that of ${said(data.named)}`}.`,
  'key-found-elsewhere': (data) => `SignedInfo as it stands verifies with the key of ${whose(data)}.`,
  'other-secret': (data) => `The MAC verifies with the secret ${whose(data)}.`,
  'random-block': (data) =>
    `Under the key of ${whose(data)} the value does not read as an RSA signature at all. That is so where another ` +
    'key signed and where the value itself was damaged; which of the two is not proven.',
  'other-length': (data) =>
    `The value has ${said(data.octets)} octets; the key of ${whose(data)} makes ${said(data.expected)}.`,
  'well-formed-block': (data) => `The value opens under the key of ${whose(data)} to a proper signature block.`,
  'other-hash': (data) =>
    `Hashed with ${said(data.used) === '' ? named(data.digestUsed) : named(data.used)}, SignedInfo ` +
    `verifies; SignatureMethod says ${named(data.declared)}.`,
  'bare-hash': () => 'The padding is right, and behind it stands the hash alone.',
  'pss-under-pkcs1': pss,
  'other-pss-parameters': pss,
  truncated: (data) => `The value is the first ${said(data.octets)} of ${said(data.whole)} octets.`,
  'reference-means': (data) => `${said(data.meant)} has the digest that was signed.`,
  'content-added': () => 'Without it the digest equals the signed one.',
  der: inRightForm,
  width: inRightForm,
  reversed: inRightForm,
  'reversed-halves': inRightForm,
  'halves-swapped': inRightForm,
};

const REPAIRED = (data: CauseData): string =>
  data.variant === undefined
    ? 'Once that is repaired the value verifies.'
    : `With ${said(data.variant).replace(':', ' ')} it verifies.`;

/** How such a cause is known. */
export function ownEvidence(data: CauseData): string {
  return (EVIDENCE[said(data.how)] ?? REPAIRED)(data);
}
