/** Which other derivation of a DerivedKeyToken's key would open the data (docs/faults.md: hmac-key-derivation). */
import { searchKeys } from '../../key-resolution/resolve-key-info.ts';
import { deriveKey, DEFAULT_LABEL, readDerivedKeyToken, type DerivedKeyToken } from '../../tokens/derived-key-token.ts';
import { tokenKind } from '../../tokens/read-tokens.ts';
import type { FindingDraft } from '../../trace/recorder.ts';
import { nodeRange } from '../../xml/navigate.ts';
import type { DataAttempt } from './data-hypotheses.ts';
import type { DecryptionContext } from '../../encryption/decryption-context.ts';
import type { EncryptedStructure } from '../../encryption/encrypted-structure.ts';

/** Labels that stacks take where none is written, or in spite of one. */
const LABELS = [null, '', 'WS-SecureConversation', DEFAULT_LABEL];

/**
 * Tries the derivations that stacks take for the one described (WS-SecureConversation §7).
 *
 * @returns a finding for the first that opens it; empty where none does
 */
export async function proveDerivation(
  structure: EncryptedStructure,
  attempt: DataAttempt,
  context: DecryptionContext,
): Promise<readonly FindingDraft[]> {
  const { document, crypto, budget } = context;
  if (structure.keyInfo === null) return [];
  const node = searchKeys(structure.keyInfo, 'mac', context).token;
  if (node === null || tokenKind(document, node) !== 'DerivedKeyToken') return [];
  const token = readDerivedKeyToken(document, node);
  if (token.reference === null || token.problems.length > 0) return [];
  const bases = searchKeys(token.reference, 'mac', context).taken.flatMap((key) =>
    key.secret === null ? [] : [key.secret],
  );
  for (const { what, variant } of variants(token, attempt.secret.length)) {
    for (const base of bases) {
      const secret = variant === null ? base : deriveKey(variant, base, crypto, budget);
      if (secret === null) continue;
      const outcome = await context.provider.decrypt(attempt.algorithm, secret, attempt.octets);
      if (outcome.result !== 'plaintext' || !attempt.fits(outcome.octets)) continue;
      return [
        {
          code: 'hmac-key-derivation',
          severity: 'error',
          confidence: 'proven',
          ranges: [nodeRange(document, node)],
          fault: 'wsse:FailedCheck',
          data: {
            how: what,
            label: variant?.label ?? null,
            offset: variant?.offset ?? null,
            length: variant?.length ?? null,
          },
        },
      ];
    }
  }
  return [];
}

function variants(
  token: DerivedKeyToken,
  length: number,
): readonly { readonly what: string; readonly variant: DerivedKeyToken | null }[] {
  const labels = LABELS.filter((label) => label !== token.label).map((label) => ({
    what: 'label',
    variant: { ...token, label },
  }));
  return [
    ...labels,
    { what: 'offset', variant: { ...token, offset: 0, generation: null } },
    {
      what: 'offset',
      variant: { ...token, offset: (token.generation ?? token.offset ?? 0) * length, generation: null },
    },
    { what: 'length', variant: { ...token, length } },
    { what: 'not-derived', variant: null },
  ];
}
