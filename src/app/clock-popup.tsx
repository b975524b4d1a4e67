/** The clock's form below its button. */
import { CLOCK_FORM } from '../content/page/dialogs.ts';
import type { PopupProps } from '../ui/drop-down.tsx';
import { DialogPopup } from '../ui/popups.tsx';
import { ClockForm } from './clock-form.tsx';

/** The clock's form, below its button. */
export function ClockPopup(popup: PopupProps) {
  return (
    <DialogPopup {...popup} label={CLOCK_FORM.legend} className="clock-dialog">
      <ClockForm />
    </DialogPopup>
  );
}
