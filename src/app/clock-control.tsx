/** As of when the message is judged: when it was made, now, or any time; and the tolerance for clocks. */
import { ChevronDown, Clock3 } from 'lucide-react';
import { DropDown } from '../ui/drop-down.tsx';
import { CLOCK, clockWords } from '../content/page/shell.ts';
import { useReceiver, useRun } from '../views/bench-context.tsx';
import { ClockPopup } from './lazy-popups.ts';

/** Says as of when the message is judged, and opens the form for it. */
export function ClockControl() {
  const clock = useReceiver((receiver) => receiver.clock);
  const judged = useRun((run) => run.trace?.time ?? null);
  const words = clockWords(clock, judged);
  return (
    <DropDown opens="dialog" className="control clock-control" label={CLOCK.label(words)} popup={ClockPopup}>
      <Clock3 aria-hidden />
      <span>{CLOCK.asOf}</span>
      <b>{words}</b>
      <ChevronDown aria-hidden />
    </DropDown>
  );
}
