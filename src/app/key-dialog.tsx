/** Takes the missing key without leaving the workbench; closes by itself once the message can be judged. */
import { ADD_KEY } from '../content/page/dialogs.ts';
import { useEffect } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { MissingKey } from '../views/keys/missing-key.tsx';
import { useKeyRing, useRun } from '../views/bench-context.tsx';

/** The dialog that asks for the missing key. */
export function KeyDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const solved = useRun((run) => run.status === 'done' && run.trace?.verdict.headline !== 'incomplete');
  const locked = useKeyRing().files.some((file) => file.problems.length > 0);
  useEffect(() => {
    if (solved && !locked) onClose();
  }, [solved, locked, onClose]);
  return (
    <Dialog title={ADD_KEY} open={open} onClose={onClose} wide>
      <MissingKey onDone={onClose} />
    </Dialog>
  );
}
