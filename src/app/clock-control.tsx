/** As of when the message is judged: now, when it was made, or any time; and the tolerance for clocks. */
import { ChevronDown, Clock3 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Menu';
import { date } from '../views/format.ts';
import { useSession } from '../views/workbench-context.tsx';

const ClockForm = lazy(async () => ({ default: (await import('./clock-form.tsx')).ClockForm }));

export function ClockControl() {
  const clock = useSession((session) => session.clock);
  const words = clock.mode === 'now' ? 'now' : clock.mode === 'generated' ? `${date(clock.at)}, when made` : date(clock.at);
  return (
    <DialogTrigger>
      <Button className="control clock-control" aria-label={`Judged as of ${words}`}><Clock3 aria-hidden /><span>As of</span><b>{words}</b><ChevronDown aria-hidden /></Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="clock-dialog" aria-label="Judge as of"><Suspense fallback={null}><ClockForm /></Suspense></Dialog>
      </Popover>
    </DialogTrigger>
  );
}
