/** The command palette: a filtered list over the one list of actions. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { keysForPeople, type Action, type Shell } from './actions.ts';
import { MAC } from './platform.ts';

function matches(action: Action, words: readonly string[]): boolean {
  const text = `${action.group} ${action.label} ${action.keywords ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function CommandPalette({ open, onClose, actions, shell }: { readonly open: boolean; readonly onClose: () => void; readonly actions: readonly Action[]; readonly shell: Shell }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement | null>(null);
  const id = useId();
  useEffect(() => {
    setQuery('');
    setAt(0);
  }, [open]);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = actions.filter((action) => action.id !== 'palette' && matches(action, words) && (action.enabled?.(shell) ?? true));
  const active = Math.min(at, shown.length - 1);
  const run = (action: Action | undefined) => {
    if (!action) return;
    onClose();
    action.run(shell);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((active + 1) % Math.max(1, shown.length));
    else if (event.key === 'ArrowUp') setAt((active - 1 + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter') run(shown[active]);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <Dialog title="Commands" open={open} onClose={onClose} bare>
      <div className="palette">
        <input
          className="palette-input" autoFocus role="combobox" aria-expanded="true" aria-controls={`${id}list`} aria-activedescendant={shown[active] ? `${id}${shown[active].id}` : undefined} aria-label="Search commands and samples"
          placeholder="Search commands and samples" value={query} spellCheck={false} autoComplete="off" onChange={(event) => { setQuery(event.target.value); setAt(0); }} onKeyDown={onKeyDown}
        />
        <ul ref={list} id={`${id}list`} className="palette-list scroll" role="listbox" aria-label="Commands">
          {shown.map((action, index) => (
            <li key={action.id} id={`${id}${action.id}`} role="option" aria-selected={index === active} onPointerMove={() => setAt(index)} onClick={() => run(action)}>
              <span className="palette-group">{action.group}</span><span>{action.label}</span>{action.keys ? <kbd>{keysForPeople(action.keys, MAC)}</kbd> : null}
            </li>
          ))}
          {shown.length === 0 ? <li role="option" aria-selected="false" aria-disabled="true" className="panel-empty">No command with these words.</li> : null}
        </ul>
      </div>
    </Dialog>
  );
}
