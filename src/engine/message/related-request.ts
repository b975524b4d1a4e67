/**
 * What a response may refer to in the request it answers: signature values, message id, session keys (SMS §8.5, §7.7;
 * WS-Addressing §3).
 */
import type { Budget } from '../bytes/budget.ts';
import { signatureValues } from '../tokens/signature-confirmation.ts';
import { readEnvelope } from '../envelope/read-envelope.ts';
import { parseXml } from '../xml/parse.ts';
import { openInput } from '../input/open-input.ts';

/** What a response may refer to in the request it answers. */
export interface RelatedRequest {
  /** Null where the request could not be parsed. */
  readonly signatureValues: readonly string[] | null;
  readonly messageId: string | null;
  /** Session keys by base64 EncryptedKeySHA1: those that decrypting the request gave. */
  readonly secrets: ReadonlyMap<string, Uint8Array>;
}

/** Reads the request that a response answers; its secrets come with decrypting it. @throws {BudgetExceeded} */
export function readRequest(octets: Uint8Array, budget: Budget): RelatedRequest {
  const { document, wellFormed } = parseXml(openInput(octets, budget).octets, { budget, space: 'request' });
  if (!wellFormed) return { signatureValues: null, messageId: null, secrets: new Map() };
  const messageId = readEnvelope(document)?.addressing.find((header) => header.name === 'MessageID')?.value ?? null;
  return { signatureValues: signatureValues(document), messageId, secrets: new Map() };
}
