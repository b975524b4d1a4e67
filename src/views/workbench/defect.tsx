/** What to do about a defect of ours: copy a report without the message, try again. */
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useJudging, useKeyRing, useStand } from '../bench-context.tsx';

export function DefectActions() {
  const judging = useJudging();
  const stand = useStand();
  const { files } = useKeyRing();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const { defect } = stand.run.getState();
    const { subject } = stand.message.getState();
    const report = [
      'WSS Workbench defect',
      `error: ${defect?.message ?? 'unknown'}`,
      defect?.stack ?? '',
      `message: ${subject?.octets.length ?? 0} octets (not included)`,
      `key files: ${files.length}`,
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
      <button type="button" className="control primary" onClick={() => judging.judge()}>
        Try again
      </button>
    </>
  );
}
