/** The root part of a MIME multipart, the others beside it (RFC 2046 §5.1, RFC 2387). */
import { bareContentId, contentIdOf, parameterOf, type HeaderBlock } from '../attachments/mime-headers.ts';
import { decodeBase64Pieces } from './input-base64.ts';
import { composed, inputOffset, slice, type Piece } from './input-piece.ts';
import type { InputState } from './input-state.ts';
import { splitMultipart, type BodyPart } from './mime-multipart.ts';
import { partsByName } from './mime-parts.ts';
import { decodeQuotedPrintable } from './transfer-coding.ts';
import { tellRepeatedFields, tellRepeatedIds, tellRepeatedParameter, tellTrimmed } from './two-readings.ts';

/** Content-Transfer-Encodings that every reader knows (RFC 2045 §6.1). */
const ENCODINGS: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable']);

/** Takes the root part out; the piece itself where it has none. @throws {BudgetExceeded} */
export function unwrapMultipart(
  piece: Piece,
  start: number,
  boundary: string,
  rootId: string | null,
  state: InputState,
): Piece {
  // Without a boundary every line of two hyphens would be one.
  const { parts, lookalikes } =
    boundary === '' ? { parts: [], lookalikes: [] } : splitMultipart(piece.octets, start, boundary, state.budget);
  tellTrimmed(piece, start, boundary, parts, state);
  const place = inputOffset(piece, start);
  for (const at of lookalikes.slice(0, 1)) {
    state.problems.push({
      code: 'mime-delimiter-lookalike',
      severity: 'error',
      at: inputOffset(piece, at),
      data: { boundary, count: lookalikes.length },
    });
  }
  if (parts.length === 0) {
    state.problems.push({ code: 'multipart-without-parts', severity: 'error', at: place, data: { boundary } });
    return piece;
  }
  state.wrappings.push('multipart');
  for (const part of parts) {
    const at = inputOffset(piece, part.headStart);
    tellRepeatedFields(part.block, at, state);
    const encoding = part.block.headers.get('content-transfer-encoding')?.trim().toLowerCase() ?? 'binary';
    if (!ENCODINGS.has(encoding)) {
      state.problems.push({ code: 'mime-encoding-unknown', severity: 'error', at, data: { encoding } });
    }
  }
  tellRepeatedIds(piece, parts, state);
  const wanted = rootId === null ? 0 : parts.findIndex((part) => contentIdOf(part.block) === bareContentId(rootId));
  if (rootId !== null && wanted < 0) {
    // Of one part no other can be meant; of several one reader takes the first and another refuses.
    const severity = parts.length === 1 ? 'warning' : 'error';
    state.problems.push({ code: 'multipart-root-not-found', severity, at: place, data: { start: rootId } });
  }
  const root = parts[Math.max(0, wanted)] as BodyPart;
  tellRepeatedParameter(root.block.headers.get('content-type') ?? '', inputOffset(piece, root.headStart), state);
  const others = parts.flatMap((part, index) => {
    if (part === root) return [];
    const body = slice(piece, part.start, part.end);
    return [{ block: part.block, index, encoded: body.octets, octets: transferDecoded(body, part.block, null).octets }];
  });
  for (const [name, attachment] of partsByName(others)) {
    if (!state.parts.has(name)) state.parts.set(name, attachment);
  }
  state.charset = parameterOf(root.block.headers.get('content-type') ?? '', 'charset') ?? state.charset;
  return transferDecoded(slice(piece, root.start, root.end), root.block, state);
}

/** A body without its Content-Transfer-Encoding. @param state null for a part beside the document */
export function transferDecoded(body: Piece, block: HeaderBlock, state: InputState | null): Piece {
  const encoding = block.headers.get('content-transfer-encoding')?.trim().toLowerCase() ?? '';
  if (encoding === 'base64') {
    state?.wrappings.push('base64');
    return composed(body, decodeBase64Pieces(body.octets, 0));
  }
  if (encoding === 'quoted-printable') {
    state?.wrappings.push('quoted-printable');
    return composed(body, decodeQuotedPrintable(body.octets));
  }
  return body;
}
