/** Every shortcut, from the one list of actions, and how the trees and grids are walked. */
import { SHORTCUTS } from '../content/page/dialogs.ts';
import { Dialog } from '../ui/dialog.tsx';
import { keysForPeople, type Action } from './actions.ts';
import { MAC } from './platform.ts';

/** The dialog that lists every shortcut. */
export function ShortcutsDialog({
  open,
  onClose,
  actions,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly actions: readonly Action[];
}) {
  return (
    <Dialog title={SHORTCUTS.title} open={open} onClose={onClose}>
      <dl className="shortcuts">
        {actions
          .filter((action) => action.keys)
          .map((action) => (
            <div key={action.id}>
              <dt>{action.label}</dt>
              <dd>
                <kbd>{keysForPeople(action.keys ?? '', MAC)}</kbd>
              </dd>
            </div>
          ))}
        {SHORTCUTS.within.map(([keys, label]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
