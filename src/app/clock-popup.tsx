/** The clock's form below its button. */
import type { PopupProps } from '../ui/drop-down.tsx';
import { DialogPopup } from '../ui/popups.tsx';
import { ClockForm } from './clock-form.tsx';

export function ClockPopup(popup: PopupProps) {
  return (
    <DialogPopup {...popup} label="Judge as of" className="clock-dialog">
      <ClockForm />
    </DialogPopup>
  );
}
