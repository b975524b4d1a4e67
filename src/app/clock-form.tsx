/** The form behind the clock: when the message was made, now, or any time; and the tolerance. */
import { CLOCK_FORM } from '../content/page/dialogs.ts';
import { useId, useState } from 'react';
import { useJudging, useReceiver, useRun } from '../views/bench-context.tsx';

/** The choice of the time; every change is judged at once. */
export function ClockForm() {
  const judging = useJudging();
  const clock = useReceiver((receiver) => receiver.clock);
  const trace = useRun((run) => run.trace);
  const id = useId();
  const created =
    trace?.time.made?.instant ?? trace?.tokens.find((token) => token.kind === 'Timestamp')?.data['created'];
  const made = typeof created === 'string' ? Date.parse(created) : Number.NaN;
  const [custom, setCustom] = useState('');
  const [opened] = useState(() => Date.now());
  const judged = trace === null ? Number.NaN : Date.parse(trace.time.instant);
  const shown = clock.mode === 'given' ? clock.at : clock.mode === 'made' && !Number.isNaN(judged) ? judged : opened;
  const set = (next: typeof clock) => judging.configure({ clock: next });
  return (
    <fieldset>
      <legend>{CLOCK_FORM.legend}</legend>
      <label className="checkbox">
        <input type="radio" name={id} checked={clock.mode === 'made'} onChange={() => set({ mode: 'made' })} />
        {CLOCK_FORM.made(Number.isNaN(made) ? null : made)}
      </label>
      <label className="checkbox">
        <input type="radio" name={id} checked={clock.mode === 'now'} onChange={() => set({ mode: 'now' })} />
        {CLOCK_FORM.now}
      </label>
      <label className="checkbox">
        <input
          type="radio"
          name={id}
          checked={clock.mode === 'given'}
          onChange={() => set({ mode: 'given', at: shown, by: 'user' })}
        />
        {CLOCK_FORM.custom}
      </label>
      <label className="stack" htmlFor={`${id}time`}>
        {CLOCK_FORM.time}
        <input
          id={`${id}time`}
          className="field"
          type="datetime-local"
          step={1}
          value={custom || new Date(shown).toISOString().slice(0, 19)}
          onChange={(event) => {
            setCustom(event.target.value);
            const at = Date.parse(`${event.target.value}Z`);
            if (!Number.isNaN(at)) set({ mode: 'given', at, by: 'user' });
          }}
        />
      </label>
      <Tolerance id={`${id}skew`} />
    </fieldset>
  );
}

function Tolerance({ id }: { readonly id: string }) {
  const judging = useJudging();
  const skew = useReceiver((receiver) => receiver.skewSeconds);
  return (
    <label className="stack" htmlFor={id}>
      {CLOCK_FORM.tolerance}
      <input
        id={id}
        className="field"
        type="number"
        min={0}
        max={86_400}
        value={skew}
        onChange={(event) => {
          const value = event.target.valueAsNumber;
          if (value >= 0) judging.configure({ skewSeconds: value });
        }}
      />
    </label>
  );
}
