/** EncryptedData whose EncryptionMethod names no block cipher that we have (XML Encryption 1.1 §3.2, §5.2). */
import { didYouMean, type NearMiss } from '../algorithms/near-miss.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { cipherOctets } from './cipher-octets.ts';
import { fitsSomeCipher } from './cipher-lengths.ts';
import type { DecryptionContext } from './decryption-context.ts';
import type { EncryptedStructure } from './encrypted-structure.ts';
import { findSecrets } from './find-secrets.ts';
import type { UnopenedData } from './unopened-part.ts';

/** What is known of data whose algorithm has no name that we know. */
export interface UnnamedCipher {
  /**
   * No algorithm has that name, and key and octets are those of a block cipher: the message is wrong, and no receiver
   * lacks anything.
   */
  readonly wrong: boolean;
  /** Null where its octets are not there. */
  readonly unopened: UnopenedData | null;
}

/** Says of an unknown algorithm whether its name is a slip, by the lengths of key and octets. */
export async function underUnknownAlgorithm(
  structure: EncryptedStructure,
  method: string,
  context: DecryptionContext,
  step: OpenStep,
): Promise<UnnamedCipher> {
  const near = didYouMean(method, 'block-encryption')[0] ?? null;
  const cipher = cipherOctets(structure, context, step);
  const octets = cipher.status === 'octets' ? cipher.octets : null;
  const secrets = octets === null ? [] : (await findSecrets(structure, 0, context, step)).secrets;
  const wrong =
    octets !== null &&
    isNoName(method, near) &&
    secrets.some((secret) => secret.how !== 'only-key' && fitsSomeCipher(secret.octets.length, octets.length));
  step.finding({
    code: 'algorithm-unsupported',
    severity: 'error',
    data: {
      algorithm: method,
      kind: 'block-encryption',
      meant: near?.uri ?? null,
      reason: near?.reason ?? null,
      why: wrong ? 'no-such-name' : null,
    },
    fault: 'wsse:UnsupportedAlgorithm',
  });
  if (octets === null) return { wrong, unopened: null };
  return {
    wrong,
    unopened: {
      kind: 'data',
      context,
      structure,
      octets,
      step: step.id,
      finding: null,
      algorithm: method,
      known: false,
      secrets: secrets.map((secret) => secret.octets),
    },
  };
}

/** Where W3C puts the names of its algorithms, each in a specification that we know. */
const W3C = /^\s*https?:\/\/(?:www\.)?w3\.org\//i;

/**
 * Whether a URI that we do not know is nobody's name: one of W3C's, misspelt or in another of its namespaces. Anybody
 * else may call an algorithm of their own by the same last part, and so may we not know it.
 */
function isNoName(method: string, near: NearMiss | null): boolean {
  return near !== null && near.reason !== 'distance' && W3C.test(method);
}
