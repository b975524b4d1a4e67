/** A key is missing: which one would help, and the ways to give it, in place. */
import { MISSING_KEY } from '../../content/page/keys.ts';
import { findingMessage, findingTitle } from '../../content/findings/index.ts';
import { FolderOpen, Lock } from 'lucide-react';
import { useKeyRing, useKeys, useRun } from '../bench-context.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { openFiles } from '../open-files.ts';
import { KeyProblem, PasteKey } from './key-forms.tsx';

/** Findings that a key would clear. */
const ABOUT_KEYS = /(?:key|certificate|secret|password|user)/;

/** Which key would help, and the forms to give it. */
export function MissingKey({ onDone }: { readonly onDone: () => void }) {
  const keys = useKeys();
  const trace = useRun((run) => run.trace);
  const { files } = useKeyRing();
  const wanted = (trace?.findings ?? [])
    .filter((finding) => ABOUT_KEYS.test(finding.code) && finding.severity !== 'note')
    .slice(0, 3);
  const asking = files.filter((file) => file.problems.length > 0);
  return (
    <div className="missing-key">
      {wanted.map((finding) => (
        <p key={finding.id}>
          <b>
            <Untrusted text={findingTitle(finding)} limit={200} />.
          </b>{' '}
          <Untrusted text={findingMessage(finding)} limit={500} />
        </p>
      ))}
      {wanted.length === 0 ? <p>{MISSING_KEY.which}</p> : null}
      <button
        type="button"
        className="control primary"
        onClick={() => void openFiles().then((chosen) => (chosen.length > 0 ? keys.add(chosen) : undefined))}
      >
        <FolderOpen aria-hidden />
        {MISSING_KEY.open}
      </button>
      {asking.map((file) =>
        file.problems.map((problem) => (
          <KeyProblem key={`${file.id}:${problem.alias ?? ''}:${problem.code}`} file={file} problem={problem} />
        )),
      )}
      <PasteKey onDone={onDone} />
      <p className="keys-promise">
        <Lock aria-hidden />
        {MISSING_KEY.promise}
      </p>
    </div>
  );
}
