/** What an independent library says of the selected signature, and why it differs where it does. The verdict never rests on it. */
import { useEffect, useState } from 'react';
import { SECOND_OPINION_WORDS } from '../../content/findings/crypto.ts';
import type { SecondOpinionView } from '../../state/key-ring.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useRun, useWorkbench } from '../workbench-context.tsx';

interface Given {
  readonly serial: number;
  readonly opinions: readonly SecondOpinionView[] | null;
}

export function SecondOpinion({ step }: { readonly step: string }) {
  const workbench = useWorkbench();
  const serial = useRun((run) => run.serial);
  const judged = useRun((run) => run.judged);
  const [given, setGiven] = useState<Given | null>(null);
  useEffect(() => {
    if (!judged) return undefined;
    let current = true;
    void (async () => {
      const opinions = await workbench.client.call('secondOpinion', { octets: judged.octets }).catch(() => null);
      if (current) setGiven({ serial, opinions });
    })();
    return () => { current = false; };
  }, [judged, serial, workbench]);
  if (given?.serial !== serial) return <p className="muted">Asking a second library…</p>;
  const opinion = given.opinions?.find((candidate) => candidate.step === step);
  if (!opinion) return null;
  return (
    <section className="fixes" aria-label="Second opinion">
      <h4>Second opinion</h4>
      {opinion.agrees ? <p>xmldsigjs, an independent library, comes to the same result.</p> : (
        <>
          <p>xmldsigjs, an independent library, {opinion.why ? 'stops' : 'comes to another result'}{opinion.unexplained ? ', and no known defect of it explains why. Worth a report, to them or to us.' : ', for a known reason:'}</p>
          <ul className="rejected">{opinion.explanations.map((code) => <li key={code}>{SECOND_OPINION_WORDS[code] ?? code}</li>)}</ul>
          {opinion.unexplained && opinion.why ? <p className="muted"><Untrusted text={opinion.why} limit={200} /></p> : null}
        </>
      )}
    </section>
  );
}
