/** Every attack that one message can show, by name, and how one is made. */
import { spliceOctets } from '../splice/octet-splice.ts';
import type { Headline } from '../trace/trace.ts';
import { DAMAGED, unfit, type Attack, type NotApplied } from './attack.ts';
import { readAttacked, type Change } from './attacked-message.ts';
import { ENCRYPTION_ATTACKS } from './encryption-attacks.ts';
import { HEADER_ATTACKS } from './header-attacks.ts';
import { PART_ATTACKS } from './part-attacks.ts';
import { SIGNATURE_ATTACKS } from './signature-attacks.ts';
import { TEXT_ATTACKS } from './text-attacks.ts';
import { WRAPPING_ATTACKS } from './wrapping-attacks.ts';

const BY_NAME = {
  ...WRAPPING_ATTACKS,
  ...SIGNATURE_ATTACKS,
  ...TEXT_ATTACKS,
  ...HEADER_ATTACKS,
  ...ENCRYPTION_ATTACKS,
  ...PART_ATTACKS,
} as const satisfies Readonly<Record<string, Attack>>;

/** The name of an attack; `src/content/attacks.ts` has the words. */
export type AttackName = keyof typeof BY_NAME;

const ATTACKS: Readonly<Record<AttackName, Attack>> = BY_NAME;

/** In the order in which they are told. */
export const ATTACK_NAMES = Object.keys(BY_NAME) as readonly AttackName[];

/** A message after an attack. */
export interface Attacked {
  readonly applies: true;
  readonly name: AttackName;
  /** Its row in docs/attacks.md. */
  readonly row: string;
  readonly octets: Uint8Array;
  /** What was changed of the input, in the order of its octets. */
  readonly changes: readonly Change[];
  /** Every headline that is right for it. */
  readonly right: readonly Headline[];
}

/**
 * The message after the attack, or why the attack finds nothing there to work on.
 *
 * @param input as it arrived, wrapping and all
 * @param seed which of several places; the same seed makes the same octets
 */
export function attackMessage(input: Uint8Array, name: AttackName, seed: number): Attacked | NotApplied {
  const message = readAttacked(input);
  if (typeof message === 'string') return unfit(message);
  const attack = ATTACKS[name];
  const made = attack.attempt(message, seed);
  if (!made.applies) return made;
  const { changes } = made;
  const octets = spliceOctets(input, changes);
  return { applies: true, name, row: attack.row, octets, changes, right: [...DAMAGED, ...attack.right] };
}
