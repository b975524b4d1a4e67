/** The receiver's form below its button. */
import type { PopupProps } from '../ui/drop-down.tsx';
import { DialogPopup } from '../ui/popups.tsx';
import { ReceiverForm } from './receiver-form.tsx';

export function ReceiverPopup(popup: PopupProps) {
  return (
    <DialogPopup {...popup} label="Receiver" className="clock-dialog receiver-dialog">
      <ReceiverForm />
    </DialogPopup>
  );
}
