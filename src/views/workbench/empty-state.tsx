/** Nothing is loaded: where to drop, and three samples to begin with. */
import { EMPTY } from '../../content/page/workbench.ts';
import { ClipboardPaste, FileDown, FolderOpen } from 'lucide-react';

/** The samples to begin with, and the ways to bring a message in. */
export interface EmptyStateProps {
  readonly samples: readonly { readonly id: string; readonly title: string; readonly line: string }[];
  readonly onSample: (id: string) => void;
  readonly onPaste: () => void;
  readonly onOpen: () => void;
}

/** What stands where no message is. */
export function EmptyState({ samples, onSample, onPaste, onOpen }: EmptyStateProps) {
  return (
    <div className="empty scroll">
      <div className="empty-drop">
        <FileDown aria-hidden strokeWidth={1.3} />
        <h2>{EMPTY.title}</h2>
        <p>{EMPTY.text}</p>
        <div className="empty-acts">
          <button type="button" className="control primary" onClick={onPaste}>
            <ClipboardPaste aria-hidden />
            {EMPTY.paste}
          </button>
          <button type="button" className="control" onClick={onOpen}>
            <FolderOpen aria-hidden />
            {EMPTY.open}
          </button>
        </div>
      </div>
      <h3>{EMPTY.samples}</h3>
      <ul className="empty-samples">
        {samples.slice(0, 3).map((sample) => (
          <li key={sample.id}>
            <button type="button" className="card" onClick={() => onSample(sample.id)}>
              <b>{sample.title}</b>
              <span>{sample.line}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
