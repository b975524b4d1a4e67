/** Time and receiver together: for narrow screens, and for the palette. */
import { RECEIVER_FORM } from '../content/page/dialogs.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ClockForm } from './clock-form.tsx';
import { ReceiverForm } from './receiver-form.tsx';

/** The forms of clock and receiver in one dialog. */
export function ReceiverDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title={RECEIVER_FORM.dialog} open={open} onClose={onClose}>
      <div className="clock-dialog is-inline">
        <ClockForm />
        <ReceiverForm />
      </div>
    </Dialog>
  );
}
