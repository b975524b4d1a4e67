/** The receiver's form below its button. */
import { RECEIVER_FORM } from '../content/page/dialogs.ts';
import type { PopupProps } from '../ui/drop-down.tsx';
import { DialogPopup } from '../ui/popups.tsx';
import { ReceiverForm } from './receiver-form.tsx';

/** The receiver's form, below its button. */
export function ReceiverPopup(popup: PopupProps) {
  return (
    <DialogPopup {...popup} label={RECEIVER_FORM.popup} className="clock-dialog receiver-dialog">
      <ReceiverForm />
    </DialogPopup>
  );
}
