/** Every shortcut, from the one list of actions, and how the trees and grids are walked. */
import { Dialog } from '../ui/dialog.tsx';
import { keysForPeople, type Action } from './actions.ts';
import { MAC } from './platform.ts';

const WITHIN: readonly (readonly [string, string])[] = [
  ['↑ ↓ ← →', 'walk the trace; open and fold a step'],
  ['letters', 'jump to a step that begins so'],
  ['*', 'open every step'],
  ['↑ ↓ ← → with Shift', 'select octets'],
  ['Ctrl G', 'go to an octet'],
  ['Esc', 'leave an editor, close a dialog'],
];

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
    <Dialog title="Keyboard shortcuts" open={open} onClose={onClose}>
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
        {WITHIN.map(([keys, label]) => (
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
