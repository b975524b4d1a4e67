/** What to do about a defect of ours: copy a report without the message, try again. */
import { DEFECT, defectReport } from '../../content/page/defect.ts';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useJudging, useKeyRing, useStand } from '../bench-context.tsx';

/** Copies the report of a defect, judges again. */
export function DefectActions() {
  const judging = useJudging();
  const stand = useStand();
  const { files } = useKeyRing();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const { defect } = stand.run.getState();
    const { subject } = stand.message.getState();
    const report = defectReport({
      message: defect?.message,
      stack: defect?.stack,
      octets: subject?.octets.length ?? 0,
      keyFiles: files.length,
      browser: navigator.userAgent,
    });
    await navigator.clipboard.writeText(report);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className="control" onClick={() => void copy()}>
        <Copy aria-hidden />
        {copied ? DEFECT.copied : DEFECT.copy}
      </button>
      <button type="button" className="control primary" onClick={() => judging.judge()}>
        {DEFECT.again}
      </button>
    </>
  );
}
