/**
 * Other octets of an attachment that its signer may have digested (docs/faults.md, "Attachments"; SWA 1.1 §5.3, §5.4).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { ATTACHMENT_COMPLETE, ATTACHMENT_CONTENT } from '../../algorithms/identifiers.ts';
import { fieldValue, type Attachment, type MimeField } from '../../attachments/attachment.ts';
import { canonicalContent, contentForm, withLineEnds, type ContentForm } from '../../attachments/canonical-content.ts';
import { canonicalHeaders } from '../../attachments/canonical-headers.ts';
import type { Budget } from '../../bytes/budget.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { decodeQuotedPrintable } from '../../input/transfer-coding.ts';
import { inflateRaw } from '../../input/inflate.ts';
import { concatOctets } from '../../bytes/octets.ts';
import { INPUT_SPACE } from '../../bytes/source-range.ts';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8.ts';
import type { Candidate, Party } from '../hypothesis.ts';

interface Form {
  /** Null for what the profile asks for. */
  readonly code: CauseCode | null;
  readonly how: string;
  readonly party: Party;
  readonly octets: () => Uint8Array | null;
  readonly data?: Readonly<Record<string, string>>;
}

const CRLF = Uint8Array.from([0x0d, 0x0a]);

/** @param transforms URIs of the reference's transforms */
export function* attachmentHypotheses(
  attachment: Attachment,
  transforms: readonly string[],
  budget: Budget,
): Generator<Candidate> {
  const complete = transforms.includes(ATTACHMENT_COMPLETE);
  if (!complete && transforms.length > 0 && !transforms.includes(ATTACHMENT_CONTENT)) return;
  const contents = contentForms(attachment, budget, complete || transforms.includes(ATTACHMENT_CONTENT));
  for (const header of headerForms(attachment, complete)) {
    for (const content of contents) {
      const code = content.code ?? header.code;
      const before = code === null ? null : header.octets();
      const body = before === null ? null : content.octets();
      if (code === null || before === null || body === null) continue;
      yield {
        code,
        party: content.code === null ? header.party : content.party,
        how: content.code === null ? header.how : content.how,
        data: { attachment: attachment.name, form: content.code === null ? header.how : content.how, ...content.data },
        ...(content.code !== null && header.code !== null ? { also: [header.code] } : {}),
        octets: () => concatOctets(before, body),
      };
    }
  }
}

function headerForms(attachment: Attachment, complete: boolean): readonly Form[] {
  const none = CRLF.subarray(2);
  const { fields } = attachment;
  const code = 'attachment-headers-in-digest';
  const alone: Form = { code: complete ? code : null, how: 'content', party: 'signer', octets: () => none };
  if (fields === null) return [alone];
  const headers = () => canonicalHeaders(fields);
  return [
    ...(complete
      ? [{ code: null, how: 'complete', party: 'signer', octets: headers } satisfies Form, alone]
      : [alone, { code, how: 'complete', party: 'signer', octets: headers } satisfies Form]),
    { code, how: 'complete-blank-line', party: 'signer', octets: () => concatOctets(headers(), CRLF) },
    { code, how: 'complete-as-written', party: 'signer', octets: () => concatOctets(asWritten(fields, ': '), CRLF) },
    { code, how: 'complete-as-written', party: 'signer', octets: () => concatOctets(asWritten(fields, ':'), CRLF) },
  ];
}

function asWritten(fields: readonly MimeField[], separator: string): Uint8Array {
  return encodeUtf8(fields.map((field) => `${field.name}${separator}${field.value}\r\n`).join(''));
}

function contentForms(attachment: Attachment, budget: Budget, canonical: boolean): readonly Form[] {
  const { octets, encoded } = attachment;
  const named = contentForm(fieldValue(attachment, 'Content-Type'));
  const form = canonical ? named : 'octets';
  const lines = 'attachment-line-ends';
  const crlf = () => withLineEnds(octets);
  return [
    {
      code: null,
      how: form,
      party: 'signer',
      octets: () => canonicalContent(octets, form, INPUT_SPACE, budget)?.octets ?? null,
    },
    ...(form === 'octets'
      ? []
      : [
          {
            code: lines,
            how: form === 'xml' ? 'not-xml' : 'as-sent',
            party: 'signer',
            octets: () => octets,
          } satisfies Form,
        ]),
    ...withoutHeaderLines(octets).map((payload): Form => ({
      code: 'attachment-headers-in-digest',
      how: 'header-in-content',
      party: 'transit',
      octets: () =>
        form === 'octets' ? payload : (canonicalContent(payload, form, INPUT_SPACE, budget)?.octets ?? null),
    })),
    { code: lines, how: 'crlf', party: 'transit', octets: crlf },
    { code: lines, how: 'lf', party: 'transit', octets: () => withoutReturns(octets) },
    { code: lines, how: 'crlf-added', party: 'transit', octets: () => concatOctets(octets, CRLF) },
    { code: lines, how: 'crlf-added', party: 'transit', octets: () => concatOctets(octets, CRLF.subarray(1)) },
    { code: lines, how: 'crlf-removed', party: 'transit', octets: () => withoutLastLineEnd(octets) },
    ...(form === 'xml'
      ? []
      : [
          {
            code: lines,
            how: 'xml',
            party: 'signer',
            octets: () => canonicalContent(octets, 'xml', INPUT_SPACE, budget)?.octets ?? null,
          } satisfies Form,
        ]),
    ...(encoded === octets
      ? []
      : [
          {
            code: 'attachment-cte-base64',
            how: 'encoded',
            party: 'signer',
            octets: () => encoded,
            data: { encoding: fieldValue(attachment, 'Content-Transfer-Encoding') ?? '' },
          } satisfies Form,
        ]),
    ...decodedForms(octets, form, budget),
    { code: 'attachment-compressed-order', how: 'uncompressed', party: 'signer', octets: () => gunzip(octets, budget) },
  ];
}

/** The content that a transfer encoding stands for which no field of the part names any more (RFC 2045 §6.7, §6.8). */
function decodedForms(octets: Uint8Array, form: ContentForm, budget: Budget): readonly Form[] {
  const base64 = () => {
    const decoded = decodeBase64(decodeUtf8(octets).trim()).octets;
    return decoded === null || decoded.length === 0 ? null : decoded;
  };
  const quoted = () => (octets.includes(EQUALS) ? decodeQuotedPrintable(octets).octets : null);
  return (
    [
      ['base64', base64],
      ['quoted-printable', quoted],
    ] as const
  ).map(([encoding, decode]): Form => ({
    code: 'attachment-cte-base64',
    how: 'decoded',
    party: 'transit',
    data: { encoding },
    octets: () => {
      const decoded = decode();
      return decoded === null ? null : (canonicalContent(decoded, form, INPUT_SPACE, budget)?.octets ?? null);
    },
  }));
}

const EQUALS = 0x3d;

/** Octets of header lines that are read at most. */
const MOST_HEADER = 2_000;

/** What follows MIME header lines that were written into the part itself; the blank line with them, or not. */
function withoutHeaderLines(octets: Uint8Array): readonly Uint8Array[] {
  const start = decodeUtf8(octets.subarray(0, MOST_HEADER));
  const found = /^(?:Content-[A-Za-z-]+:[^\r\n]*\r?\n)+/.exec(start)?.[0] ?? '';
  if (found === '') return [];
  const blank = /^\r?\n/.exec(start.slice(found.length))?.[0] ?? '';
  const at = encodeUtf8(found).length;
  const behind = octets.subarray(at + blank.length);
  return blank === '' ? [behind] : [behind, octets.subarray(at)];
}

function withoutReturns(octets: Uint8Array): Uint8Array {
  return octets.filter((octet, at) => octet !== 0x0d || octets[at + 1] !== 0x0a);
}

function withoutLastLineEnd(octets: Uint8Array): Uint8Array {
  if (octets.at(-1) !== 0x0a) return octets;
  return octets.subarray(0, octets.length - (octets.at(-2) === 0x0d ? 2 : 1));
}

const GZIP_HEADER = 10;
const GZIP_TRAILER = 8;
const FLAG_NAME = 0x08;

/** One member (RFC 1952), with at most a file name before it; null for anything else. */
function gunzip(octets: Uint8Array, budget: Budget): Uint8Array | null {
  if (octets[0] !== 0x1f || octets[1] !== 0x8b || octets[2] !== 8) return null;
  const flags = octets[3];
  if (flags === undefined || (flags & ~(FLAG_NAME | 1)) !== 0) return null;
  const start = (flags & FLAG_NAME) === 0 ? GZIP_HEADER : octets.indexOf(0, GZIP_HEADER) + 1;
  const inflated = inflateRaw(octets.subarray(start, octets.length - GZIP_TRAILER), budget.limits.inputOctets);
  return inflated.ok ? inflated.octets : null;
}
