/** Paste as text. What was copied from a viewer may already differ from the octets sent; the dialog says so. */
import { PASTE } from '../content/page/dialogs.ts';
import { useEffect, useId, useRef, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';

interface PasteProps {
  readonly onClose: () => void;
  readonly onTake: (text: string) => void;
}

/** The dialog that takes a message or key as text. */
export function PasteDialog({ open, ...rest }: PasteProps & { readonly open: boolean }) {
  return (
    <Dialog title={PASTE.title} open={open} onClose={rest.onClose} wide>
      <PasteForm {...rest} />
    </Dialog>
  );
}

function PasteForm({ onClose, onTake }: PasteProps) {
  const [text, setText] = useState('');
  const area = useRef<HTMLTextAreaElement | null>(null);
  const id = useId();
  useEffect(() => area.current?.focus(), []);
  return (
    <form
      className="paste"
      onSubmit={(event) => {
        event.preventDefault();
        onTake(text);
      }}
    >
      <label className="stack" htmlFor={id}>
        {PASTE.what}
        <textarea
          ref={area}
          id={id}
          className="field"
          rows={16}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          data-gramm="false"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onTake(text);
          }}
        />
      </label>
      <p className="muted">{PASTE.warning}</p>
      <div className="row end">
        <button type="button" className="control" onClick={onClose}>
          {PASTE.cancel}
        </button>
        <button type="submit" className="control primary" disabled={text.trim() === ''}>
          {PASTE.judge}
        </button>
      </div>
    </form>
  );
}
