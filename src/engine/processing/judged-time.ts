/** As of when a message was judged, for its trace. */
import type { JudgeRequest } from '../message/request.ts';
import type { JudgedTime } from '../trace/trace.ts';
import { utcText } from '../xml/date-time.ts';
import { elementPath, nodeRange } from '../xml/navigate.ts';
import type { ProcessedMessage } from './process-message.ts';

/** What the run took for the time, and what the message says of its own. */
export function judgedTime({ at, asOf = 'given' }: JudgeRequest, message: ProcessedMessage): JudgedTime {
  const now = asOf === 'made' ? utcText(at) : null;
  if (message.kind !== 'read') {
    return { instant: utcText(at), from: now === null ? asOf : 'now', now, made: null, until: null };
  }
  const { view, tokens } = message;
  const { made, judgement } = tokens;
  return {
    instant: utcText(tokens.clock.at),
    from: tokens.asOf,
    now,
    made:
      made === null
        ? null
        : {
            instant: utcText(made.time),
            target: {
              path: elementPath(view.document, made.node),
              id: view.ids.idOf(made.node),
              ...nodeRange(view.document, made.node),
            },
            signed: made.signed,
          },
    until: judgement.until === null ? null : utcText(judgement.until),
  };
}
