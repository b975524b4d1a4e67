/** What the whole page listens to: shortcuts, pasting and dropping anywhere. */
import { useEffect, useRef, useState } from 'react';
import type { IncomingFile } from '../state/files.ts';
import { readFiles } from '../views/open-files.ts';
import { matchesKeys, type Action, type Shell } from './actions.ts';
import { MAC } from './platform.ts';

/** Takes what was pasted or dropped. */
export type TakeFiles = (files: readonly IncomingFile[], origin: 'file' | 'pasted') => Promise<void>;

/** Runs the action whose keys are pressed; in a field only with a modifier or a function key. */
export function useShortcuts(list: readonly Action[], shell: Shell): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      for (const action of list) {
        if (!action.keys || !matchesKeys(action.keys, event, MAC)) continue;
        if (typing && !/Mod|Alt|F\d/.test(action.keys)) continue;
        if (document.querySelector('.overlay') && action.id !== 'palette') continue;
        if (action.enabled && !action.enabled(shell)) continue;
        event.preventDefault();
        action.run(shell);
        return;
      }
    };
    addEventListener('keydown', onKeyDown, true);
    return () => removeEventListener('keydown', onKeyDown, true);
  }, [list, shell]);
}

/** Takes what is pasted anywhere but in a field. */
export function usePasteAnywhere(take: TakeFiles): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const inField =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || event.target.closest('input, textarea, .monaco-editor, .overlay') !== null);
      if (inField) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void readFiles(files).then((read) => take(read, 'file'));
      else if (text.trim() !== '') void take([{ name: 'pasted', octets: new TextEncoder().encode(text) }], 'pasted');
      else return;
      event.preventDefault();
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [take]);
}

/** Takes files dropped anywhere. True while some are dragged over the page. */
export function useDropAnywhere(take: TakeFiles): boolean {
  const [dropping, setDropping] = useState(false);
  const drags = useRef(0);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const count = (drag: number) => {
      drags.current = Math.max(0, drag);
      setDropping(drags.current > 0);
    };
    const listeners = new AbortController();
    const options = { signal: listeners.signal };
    addEventListener('dragenter', (event) => carriesFiles(event) && count(drags.current + 1), options);
    addEventListener('dragleave', (event) => carriesFiles(event) && count(drags.current - 1), options);
    addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault(), options);
    addEventListener(
      'drop',
      (event) => {
        count(0);
        const files = event.dataTransfer?.files;
        if (!files || files.length === 0) return;
        event.preventDefault();
        void readFiles(files).then((read) => take(read, 'file'));
      },
      options,
    );
    return () => listeners.abort();
  }, [take]);
  return dropping;
}
