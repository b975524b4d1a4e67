/** The command palette: a filtered list over the one list of actions. */
import { PALETTE } from '../content/page/dialogs.ts';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { keysForPeople, type Action, type Shell } from './actions.ts';
import { MAC } from './platform.ts';

function matches(action: Action, words: readonly string[]): boolean {
  const text = `${action.group} ${action.label} ${action.keywords ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly actions: readonly Action[];
  readonly shell: Shell;
}

/** A dialog in which every command is found by its words. */
export function CommandPalette(props: PaletteProps) {
  return (
    <Dialog title={PALETTE.title} open={props.open} onClose={props.onClose} bare>
      <Palette {...props} />
    </Dialog>
  );
}

function indexUnder(target: EventTarget): number {
  return target instanceof Element ? Number(target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1) : -1;
}

/** What is searched for, what of the actions answers to it, and which of those Enter runs. */
function useChoice({ onClose, actions, shell }: PaletteProps) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement | null>(null);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = actions.filter(
    (action) => action.id !== 'palette' && matches(action, words) && (action.enabled?.(shell) ?? true),
  );
  const active = Math.min(at, shown.length - 1);
  const choose = (index: number) => {
    setAt(index);
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  };
  const run = (action: Action | undefined) => {
    if (!action) return;
    onClose();
    action.run(shell);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') choose((active + 1) % Math.max(1, shown.length));
    else if (event.key === 'ArrowUp') choose((active - 1 + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter') run(shown[active]);
    else return;
    event.preventDefault();
  };
  const search = (text: string) => {
    setQuery(text);
    setAt(0);
  };
  return { query, search, shown, active, list, onKeyDown, run, point: setAt };
}

/** Lives only while the palette is open, so that it always begins empty. */
function Palette(props: PaletteProps) {
  const { query, search, shown, active, list, onKeyDown, run, point } = useChoice(props);
  const input = useRef<HTMLInputElement | null>(null);
  const id = useId();
  useEffect(() => input.current?.focus(), []);
  const chosen = shown[active];
  return (
    <div className="palette">
      <input
        ref={input}
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={chosen ? `${id}${chosen.id}` : undefined}
        aria-label={PALETTE.search}
        placeholder={PALETTE.search}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => search(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${id}list`}
        className="palette-list scroll"
        role="listbox"
        aria-label={PALETTE.title}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={(event) => run(shown[indexUnder(event.target)])}
        onPointerMove={(event) => {
          const index = indexUnder(event.target);
          if (index >= 0) point(index);
        }}
      >
        {shown.map((action, index) => (
          <PaletteItem
            key={action.id}
            id={`${id}${action.id}`}
            action={action}
            index={index}
            active={index === active}
          />
        ))}
        {shown.length === 0 ? (
          <div role="option" aria-selected="false" aria-disabled="true" tabIndex={-1} className="panel-empty">
            {PALETTE.none}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function PaletteItem({
  id,
  action,
  index,
  active,
}: {
  readonly id: string;
  readonly action: Action;
  readonly index: number;
  readonly active: boolean;
}) {
  return (
    <div id={id} className="palette-item" role="option" aria-selected={active} data-index={index} tabIndex={-1}>
      <span className="palette-group">{action.group}</span>
      <span>{action.label}</span>
      {action.keys ? <kbd>{keysForPeople(action.keys, MAC)}</kbd> : null}
    </div>
  );
}
