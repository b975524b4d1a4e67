/** Time and receiver together: for narrow screens, and for the palette. */
import { Dialog } from '../ui/dialog.tsx';
import { ClockForm } from './clock-form.tsx';
import { ReceiverForm } from './receiver-form.tsx';

export function ReceiverDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Time and receiver" open={open} onClose={onClose}>
      <div className="clock-dialog is-inline">
        <ClockForm />
        <ReceiverForm />
      </div>
    </Dialog>
  );
}
