/**
 * What a message is at one moment: its tree and everything read from it. Decryption makes a later one from other
 * octets.
 */
import { readEnvelope, type Envelope } from '../envelope/read-envelope.ts';
import { indexIds } from '../references/index-ids.ts';
import type { IdIndex } from '../references/id-index.ts';
import { readHeaders, type SecurityHeaders } from '../security-header/read-headers.ts';
import type { RunContext } from '../run/run-context.ts';
import { findTextSplitters } from '../signature/text-splitters.ts';
import type { HeaderReport } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { elementPath, nodeRange, startTagRange } from '../xml/navigate.ts';
import { findEncryptedParts, type EncryptedParts } from './encrypted-parts.ts';

/** A document with what every act looks up in it, found once. */
export interface MessageView {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
  /** Null outside SOAP: then the whole document is judged. */
  readonly envelope: Envelope | null;
  readonly headers: SecurityHeaders | null;
  /** Security headers that this receiver processes. */
  readonly ours: readonly NodeIndex[];
  readonly encrypted: EncryptedParts;
  readonly textSplitters: readonly NodeIndex[];
}

/** Reads a parsed document, recording the steps. */
export function viewMessage(
  document: XmlDocument,
  run: Pick<RunContext, 'receiverActor' | 'idAttributes' | 'budget' | 'recorder'>,
): MessageView {
  const { envelope, headers } = locateHeaders(document, run);
  return {
    document,
    ids: indexStep(document, run),
    envelope,
    headers,
    ours: (headers?.headers ?? []).filter((header) => header.ours).map((header) => header.node),
    encrypted: findEncryptedParts(document),
    textSplitters: findTextSplitters(document),
  };
}

function locateHeaders(
  document: XmlDocument,
  { receiverActor, budget, recorder }: Pick<RunContext, 'receiverActor' | 'budget' | 'recorder'>,
): Pick<MessageView, 'envelope' | 'headers'> {
  const envelope = readEnvelope(document);
  const step = recorder.step('locate-headers', {
    range: envelope === null ? null : nodeRange(document, envelope.node),
    citation: { spec: 'SMS', section: '5' },
  });
  const headers = envelope === null ? null : readHeaders(document, envelope, receiverActor, budget);
  for (const problem of [...(envelope?.problems ?? []), ...(headers?.problems ?? [])]) step.finding(problem);
  step.data({
    envelope: envelope === null ? null : (envelope.version ?? envelope.namespace),
    headers: headers?.headers.length ?? 0,
    ours: headers?.ours?.actor ?? null,
  });
  step.end();
  return { envelope, headers };
}

function indexStep(
  document: XmlDocument,
  { idAttributes, recorder }: Pick<RunContext, 'idAttributes' | 'recorder'>,
): IdIndex {
  const ids = indexIds(document, idAttributes);
  const { duplicates } = ids;
  const step = recorder.step('index-ids', {
    data: { duplicates: duplicates.length },
    citation: { spec: 'SMS', section: '4' },
  });
  // A duplicate that a reference uses is an error there; one that nobody uses is worth a word only.
  const [first] = duplicates;
  if (first !== undefined) {
    step.finding({
      code: 'id-duplicates',
      severity: 'note',
      data: { count: duplicates.length, first },
      ranges: ids.lookup(first).map((entry) => startTagRange(document, entry.element)),
    });
  }
  step.end('passed');
  return ids;
}

/** The Security headers for the trace, in document order. */
export function reportHeaders(view: MessageView): readonly HeaderReport[] {
  const { document } = view;
  return (view.headers?.headers ?? []).map((header) => ({
    actor: header.actor,
    mustUnderstand: header.mustUnderstand,
    ours: header.ours,
    path: elementPath(document, header.node),
    range: nodeRange(document, header.node),
  }));
}
