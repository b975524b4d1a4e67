/** What judging a message came to, with everything that explaining it and looking at it needs of the run. */
import type { OpenedInput } from '../input/open-input.ts';
import type { Wrapping } from '../coverage/wrapping.ts';
import type { JudgeRequest, Run } from '../message/request.ts';
import type { ProcessedMessage } from '../processing/process-message.ts';
import type { XmlDocument } from '../xml/document.ts';

/** A judged run, with what explaining it works on. */
export interface Judged extends Run {
  readonly request: JudgeRequest;
  readonly message: ProcessedMessage;
  /** What was verified outside its role. */
  readonly wrappings: readonly Wrapping[];
}

/** The documents of a message that was parsed. */
export interface MessageDocuments {
  /** The input with its wrappings taken off. */
  readonly opened: OpenedInput;
  /** As it arrived, as far as it was read; its ranges are those of the input. */
  readonly arrived: XmlDocument;
  /** With everything that opened in its place; `arrived` where nothing did. */
  readonly final: XmlDocument;
}

/** Null where a bound came before the parse. */
export function documentsOf({ message }: Judged): MessageDocuments | null {
  if (message.kind === 'unparsed') return null;
  const { opened, result } = message.parsed;
  return { opened, arrived: result.document, final: message.kind === 'read' ? message.view.document : result.document };
}
