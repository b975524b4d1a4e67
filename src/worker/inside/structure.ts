/** What the panes need of a run beside its trace: the outline of the message and the parts beside its envelope. */
import { fieldValue, type Attachment } from '../../engine/attachments/attachment.ts';
import { Budget, BudgetExceeded } from '../../engine/bytes/budget.ts';
import { inputRanges } from '../../engine/input/input-ranges.ts';
import { openInput } from '../../engine/input/open-input.ts';
import { parseXml } from '../../engine/xml/parse.ts';
import type { AttachmentSummary, JudgeAnswer, Outline } from '../page/protocol.ts';
import { decryptedOutline } from './decrypted-outline.ts';
import { outlineOf } from './outline.ts';
import type { KeptRun } from './runs.ts';

/** Attachments that are told of. */
const ATTACHMENTS = 200;

export function structureOf(run: KeptRun): Pick<JudgeAnswer, 'outline' | 'opened' | 'attachments'> {
  return { ...arrived(run.request.octets), opened: decryptedOutline(run.trace, run.octets) };
}

function arrived(octets: Uint8Array): Pick<JudgeAnswer, 'outline' | 'attachments'> {
  const empty: Outline = { space: 'input', nodes: [], cut: false };
  try {
    const opened = openInput(octets, new Budget());
    const attachments = [...opened.parts.values()].slice(0, ATTACHMENTS).map((part) => attachmentSummary(part, octets));
    const { document } = parseXml(opened.octets, {
      budget: new Budget(),
      ...(opened.charset ? { externalEncoding: opened.charset } : {}),
    });
    const toInput = inputRanges(opened.segments);
    const outline = outlineOf({
      ...document,
      range: (start, end) => {
        const range = document.range(start, end);
        return toInput(range.start, range.end);
      },
    });
    return { outline, attachments };
  } catch (error) {
    if (error instanceof BudgetExceeded) return { outline: empty, attachments: [] };
    throw error;
  }
}

function attachmentSummary(part: Attachment, input: Uint8Array): AttachmentSummary {
  const { encoded } = part;
  const stands = encoded.buffer === input.buffer;
  const start = encoded.byteOffset - input.byteOffset;
  return {
    name: part.name,
    mediaType: fieldValue(part, 'Content-Type')?.split(';')[0]?.trim() ?? '',
    size: part.octets.length,
    start: stands ? start : null,
    end: stands ? start + encoded.length : null,
  };
}
