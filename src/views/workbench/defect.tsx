/** What to do about a defect of ours: copy a report without the message, try again. */
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useWorkbench } from '../workbench-context.tsx';

export function DefectActions() {
  const workbench = useWorkbench();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const { defect } = workbench.run.getState();
    const { message, keys } = workbench.session.getState();
    const report = [
      'WSS Workbench defect',
      `error: ${defect?.message ?? 'unknown'}`,
      defect?.stack ?? '',
      `message: ${message?.octets.length ?? 0} octets (not included)`,
      `key files: ${keys.files.length}`,
      `browser: ${navigator.userAgent}`,
    ].join('\n');
    await navigator.clipboard.writeText(report);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className="control" onClick={() => void copy()}>
        <Copy aria-hidden />
        {copied ? 'Copied' : 'Copy report'}
      </button>
      <button type="button" className="control primary" onClick={() => workbench.judge()}>
        Try again
      </button>
    </>
  );
}
