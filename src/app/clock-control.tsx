/** As of when the message is judged: now, when it was made, or any time; and the tolerance for clocks. */
import { ChevronDown, Clock3 } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Menu';
import { date } from '../views/format.ts';
import { useRun, useSession, useWorkbench } from '../views/workbench-context.tsx';

export function ClockControl() {
  const clock = useSession((session) => session.clock);
  const words = clock.mode === 'now' ? 'now' : clock.mode === 'generated' ? `${date(clock.at)}, when made` : date(clock.at);
  return (
    <DialogTrigger>
      <Button className="control clock-control" aria-label={`Judged as of ${words}`}><Clock3 aria-hidden /><span>As of</span><b>{words}</b><ChevronDown aria-hidden /></Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="clock-dialog" aria-label="Judge as of"><ClockForm /></Dialog>
      </Popover>
    </DialogTrigger>
  );
}

export function ClockForm() {
  const workbench = useWorkbench();
  const clock = useSession((session) => session.clock);
  const skew = useSession((session) => session.skewSeconds);
  const trace = useRun((run) => run.trace);
  const id = useId();
  const created = trace?.tokens.find((token) => token.kind === 'Timestamp')?.data['created'];
  const made = typeof created === 'string' ? Date.parse(created) : Number.NaN;
  const [custom, setCustom] = useState('');
  const [opened] = useState(() => Date.now());
  const set = (next: typeof clock) => workbench.configure({ clock: next });
  return (
    <fieldset>
      <legend>Judge as of</legend>
      <label className="checkbox"><input type="radio" name={id} checked={clock.mode === 'now'} onChange={() => set({ mode: 'now' })} />now</label>
      <label className="checkbox"><input type="radio" name={id} checked={clock.mode === 'generated'} disabled={Number.isNaN(made) && clock.mode !== 'generated'} onChange={() => set({ mode: 'generated', at: made })} />when the message was made{Number.isNaN(made) ? '' : ` (${new Date(made).toISOString().replace('.000', '')})`}</label>
      <label className="checkbox"><input type="radio" name={id} checked={clock.mode === 'custom'} onChange={() => set({ mode: 'custom', at: clock.mode === 'now' ? Date.now() : clock.at })} />another time</label>
      <label className="stack" htmlFor={`${id}time`}>Time, UTC
        <input id={`${id}time`} className="field" type="datetime-local" step={1} value={custom || new Date(clock.mode === 'now' ? opened : clock.at).toISOString().slice(0, 19)} onChange={(event) => { setCustom(event.target.value); const at = Date.parse(`${event.target.value}Z`); if (!Number.isNaN(at)) set({ mode: 'custom', at }); }} />
      </label>
      <label className="stack" htmlFor={`${id}skew`}>Tolerance for clocks, in seconds
        <input id={`${id}skew`} className="field" type="number" min={0} max={86_400} value={skew} onChange={(event) => { const value = event.target.valueAsNumber; if (value >= 0) workbench.configure({ skewSeconds: value }); }} />
      </label>
    </fieldset>
  );
}
