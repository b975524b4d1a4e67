/**
 * A MIME part beside the envelope: its octets, as they travelled and decoded, and its header fields (SWA 1.1 §5.2; RFC
 * 2045 §3).
 */
import { supplied } from '../references/dereference.ts';

/** One header field (RFC 2045 §3). */
export interface MimeField {
  /** As written. */
  readonly name: string;
  /** Unfolded, without the space around it (RFC 5322 §2.2.3). */
  readonly value: string;
}

/** One part that is not the envelope. */
export interface Attachment {
  /**
   * Content id without angle brackets, else content location, else a name of ours; for a given file the name it was
   * given under.
   */
  readonly name: string;
  /** The content, its transfer encoding taken off. */
  readonly octets: Uint8Array;
  /** The content as it travelled. */
  readonly encoded: Uint8Array;
  /**
   * Header fields in the order written; null where the octets were given as a file and nothing is known of a header.
   */
  readonly fields: readonly MimeField[] | null;
}

/** By name. */
export type Attachments = ReadonlyMap<string, Attachment>;

/** The attachment that a `cid:` URI names (RFC 2392 §2: percent-encoding and angle brackets set aside), or null. */
export function attachmentOf(uri: string, attachments: Attachments): Attachment | null {
  const found = supplied(uri, octetsByName(attachments));
  return found === null ? null : (attachments.get(found.name) ?? null);
}

/** Only the contents, for rooms that know nothing of headers. */
export function octetsByName(attachments: Attachments): ReadonlyMap<string, Uint8Array> {
  return new Map([...attachments].map(([name, attachment]) => [name, attachment.octets]));
}

/** Octets given as files, as attachments without a header. */
export function givenAttachments(files: ReadonlyMap<string, Uint8Array>): Attachments {
  return new Map([...files].map(([name, octets]) => [name, { name, octets, encoded: octets, fields: null }]));
}

/** The value of the first field of this name in any case, or null. */
export function fieldValue(attachment: Attachment, name: string): string | null {
  const wanted = name.toLowerCase();
  return attachment.fields?.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}
