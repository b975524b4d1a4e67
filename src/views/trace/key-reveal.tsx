/**
 * The octets of a key that a step opened or derived: asked of the worker on a click, shown until something else is
 * selected.
 */
import { KEY_REVEAL } from '../../content/page/trace.ts';
import { useState } from 'react';
import { encodeBase64 } from '../../engine/bytes/base64.ts';
import { encodeHex } from '../../engine/bytes/hex.ts';
import type { Step } from '../../engine/trace/trace.ts';
import type { RunId } from '../../state/inspector.ts';
import { useInspector, useRun } from '../bench-context.tsx';

/** Nothing where the step has no key. */
export function KeyReveal({ step }: { readonly step: Step }) {
  const inspector = useInspector();
  const run = useRun(({ handle }) => handle);
  const [asked, setAsked] = useState<{
    readonly step: string;
    readonly run: RunId;
    readonly octets: Uint8Array | 'gone';
  } | null>(null);
  if (run === null || typeof step.data['fingerprint'] !== 'string') return null;
  // Another step or another run: what was shown is no longer what was asked for.
  const octets = asked?.step === step.id && asked.run === run ? asked.octets : null;
  const reveal = async () =>
    setAsked({
      step: step.id,
      run,
      octets: (await inspector.revealKey(run, step.id)) ?? 'gone',
    });
  if (octets === null) {
    return (
      <p className="key-reveal">
        <button type="button" className="control" onClick={() => void reveal()}>
          {KEY_REVEAL.reveal}
        </button>
        <span className="muted">{KEY_REVEAL.untouched}</span>
      </p>
    );
  }
  if (octets === 'gone') {
    return (
      <p className="key-reveal" role="status">
        {KEY_REVEAL.gone}
      </p>
    );
  }
  return (
    <section className="key-reveal" aria-label={KEY_REVEAL.label}>
      <dl className="facts">
        <div>
          <dt>{KEY_REVEAL.hexadecimal}</dt>
          <dd className="mono">{encodeHex(octets).replaceAll(/(.{8})(?=.)/g, '$1 ')}</dd>
        </div>
        <div>
          <dt>{KEY_REVEAL.base64}</dt>
          <dd className="mono">{encodeBase64(octets)}</dd>
        </div>
      </dl>
      <p>
        <button type="button" className="control" onClick={() => setAsked(null)}>
          {KEY_REVEAL.hide}
        </button>
        <span className="muted">{KEY_REVEAL.warning}</span>
      </p>
    </section>
  );
}
