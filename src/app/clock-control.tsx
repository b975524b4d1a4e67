/** As of when the message is judged: now, when it was made, or any time; and the tolerance for clocks. */
import { ChevronDown, Clock3 } from 'lucide-react';
import { DropDown } from '../ui/drop-down.tsx';
import { date } from '../views/format.ts';
import { useReceiver } from '../views/bench-context.tsx';
import { ClockPopup } from './lazy-popups.ts';

export function ClockControl() {
  const clock = useReceiver((receiver) => receiver.clock);
  const words =
    clock.mode === 'now' ? 'now' : clock.mode === 'generated' ? `${date(clock.at)}, when made` : date(clock.at);
  return (
    <DropDown opens="dialog" className="control clock-control" label={`Judged as of ${words}`} popup={ClockPopup}>
      <Clock3 aria-hidden />
      <span>As of</span>
      <b>{words}</b>
      <ChevronDown aria-hidden />
    </DropDown>
  );
}
