/**
 * What a receiver consumes of a secured message and no signature holds (docs/command.md, "How the axes are judged").
 */
import type { SourceRange } from '../bytes/source-range.ts';
import { isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import { nodeRange } from '../xml/navigate.ts';
import { holdsUnbound, type Coverage, type CoverageInput } from './judge-coverage.ts';

/** A part whose signature is broken has its own findings. */
export function unsignedParts({ consumed }: Coverage, input: CoverageInput): FindingDraft[] {
  return consumed.flatMap(({ node, entry: { role, target, signed, required } }): FindingDraft[] => {
    // Signed as ciphertext: that is told of itself.
    if (signed === 'partial' && holdsUnbound(node, input)) return [];
    if (signed === 'full' || signed === 'unknown' || signed === 'broken') return [];
    const data = { role, path: target.path, signed };
    const ranges = [target];
    if (required) return [{ code: 'required-part-not-signed', severity: 'warning', ranges, data }];
    if (role !== 'BinarySecurityToken') return [];
    const used = input.signatures.some((signature) => isVerified(signature) && holdsKey(signature, target));
    return [{ code: 'token-not-signed', severity: 'note', ranges, data: { ...data, used } }];
  });
}

/** Whether the key that was used stands in the token at that place. */
function holdsKey({ document, resolution, used }: JudgedSignature, { space, start }: SourceRange): boolean {
  if (used?.from !== 'message' || resolution === null || resolution.token === null) return false;
  const range = nodeRange(document, resolution.token);
  return range.space === space && range.start === start;
}
