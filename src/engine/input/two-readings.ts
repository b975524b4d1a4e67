/** What one receiver reads in one way and another in another: such a message is refused (docs/attacks.md). */
import { Budget } from '../bytes/budget.ts';
import { comparableIds, repeatedParameter, type HeaderBlock } from '../attachments/mime-headers.ts';
import { inputOffset, type Piece } from './input-piece.ts';
import type { InputState } from './input-state.ts';
import { splitMultipart, type BodyPart } from './mime-multipart.ts';

/** A boundary ends with no blank (RFC 2046 §5.1.1): readers that leave it out may find delimiters in other places. */
export function tellTrimmed(
  piece: Piece,
  start: number,
  boundary: string,
  parts: readonly BodyPart[],
  state: InputState,
): void {
  const trimmed = boundary.trimEnd();
  if (trimmed === boundary || trimmed === '') return;
  const others = splitMultipart(piece.octets, start, trimmed, new Budget(state.budget.limits)).parts;
  const other = others.find((one, index) => one.start !== parts[index]?.start || one.end !== parts[index]?.end);
  if (other === undefined && others.length === parts.length) return;
  const at = inputOffset(piece, other?.headStart ?? start);
  const data = { boundary: trimmed, count: Math.abs(others.length - parts.length) || 1 };
  state.problems.push({ code: 'mime-delimiter-lookalike', severity: 'error', at, data });
}

/** A content id names one part (RFC 2392): one reader takes the first of two, another the last. */
export function tellRepeatedIds(piece: Piece, parts: readonly BodyPart[], state: InputState): void {
  const ids = new Set<string>();
  for (const part of parts) {
    const own = comparableIds(part.block);
    const id = own.find((one) => ids.has(one));
    if (id !== undefined) {
      const at = inputOffset(piece, part.headStart);
      state.problems.push({ code: 'multipart-content-id-repeated', severity: 'error', at, data: { id } });
    }
    for (const one of own) ids.add(one);
  }
}

/** Fields that say what a part is and how it is read: two with different values are two readings (RFC 2045 §3). */
const READ_FIELDS: ReadonlySet<string> = new Set([
  'content-type',
  'content-id',
  'content-location',
  'content-transfer-encoding',
  'content-encoding',
  'content-length',
  'transfer-encoding',
]);

/** Tells fields of one block that stand twice with different values. @param at the block's octet of the input */
export function tellRepeatedFields(block: HeaderBlock, at: number, state: InputState): void {
  const first = new Map<string, string>();
  for (const { name, value } of block.fields) {
    const key = name.toLowerCase();
    if (!READ_FIELDS.has(key)) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, value);
    else if (before !== value) {
      const data = { field: name, first: before, second: value };
      state.problems.push({ code: 'mime-field-repeated', severity: 'error', at, data });
    }
  }
}

/** Parameters that say where parts begin and what is the message: two values are two readings (RFC 2045 §5.1). */
const READ_PARAMETERS = ['boundary', 'start', 'charset'] as const;

/** Tells a parameter of a Content-Type that stands twice. @param at the field's octet of the input */
export function tellRepeatedParameter(type: string, at: number, state: InputState): void {
  const repeated = repeatedParameter(type, READ_PARAMETERS);
  if (repeated === null) return;
  const { name, first, second } = repeated;
  const data = { field: `Content-Type; ${name}`, first, second };
  state.problems.push({ code: 'mime-field-repeated', severity: 'error', at, data });
}
