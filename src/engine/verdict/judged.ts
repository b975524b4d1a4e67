/** What judging a message came to, with everything that explaining it and looking at it needs of the run. */
import type { OpenedInput } from '../input/open-input.ts';
import type { Wrapping } from '../coverage/wrapping.ts';
import type { JudgeRequest, Run } from '../message/request.ts';
import type { ProcessedMessage } from '../processing/process-message.ts';
import type { XmlDocument } from '../xml/document.ts';

export interface Judged extends Run {
  readonly request: JudgeRequest;
  /** The input with its wrappings taken off; null where a bound came before. */
  readonly opened: OpenedInput | null;
  /** The document as it arrived, as far as it was read; its ranges are those of the input. */
  readonly arrived: XmlDocument | null;
  /** The document with everything that opened in its place; `arrived` where nothing did. */
  readonly final: XmlDocument | null;
  readonly message: ProcessedMessage;
  readonly wrappings: readonly Wrapping[];
}
