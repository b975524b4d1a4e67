/** Paste as text. What was copied from a viewer may already differ from the octets sent; the dialog says so. */
import { useEffect, useId, useRef, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';

interface PasteProps {
  readonly onClose: () => void;
  readonly onTake: (text: string) => void;
}

export function PasteDialog({ open, ...rest }: PasteProps & { readonly open: boolean }) {
  return (
    <Dialog title="Paste a message or a key" open={open} onClose={rest.onClose} wide>
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
        XML, an HTTP dump, MIME multipart, base64, PEM or JWK
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
      <p className="muted">
        Text from a log or a viewer may have been formatted on the way. Where octets matter, open the file itself, or
        paste it as base64.
      </p>
      <div className="row end">
        <button type="button" className="control" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="control primary" disabled={text.trim() === ''}>
          Judge it
        </button>
      </div>
    </form>
  );
}
