/**
 * The octets of a key that a step opened or derived: asked of the worker on a click, shown until something else is
 * selected.
 */
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
          Reveal the key
        </button>
        <span className="muted">Its octets have not left the worker so far.</span>
      </p>
    );
  }
  if (octets === 'gone') {
    return (
      <p className="key-reveal" role="status">
        The worker no longer has this key: the message is judged anew.
      </p>
    );
  }
  return (
    <section className="key-reveal" aria-label="Key octets">
      <dl className="facts">
        <div>
          <dt>hexadecimal</dt>
          <dd className="mono">{encodeHex(octets).replaceAll(/(.{8})(?=.)/g, '$1 ')}</dd>
        </div>
        <div>
          <dt>base64</dt>
          <dd className="mono">{encodeBase64(octets)}</dd>
        </div>
      </dl>
      <p>
        <button type="button" className="control" onClick={() => setAsked(null)}>
          Hide the key
        </button>
        <span className="muted">Whoever has it reads everything that was encrypted with it.</span>
      </p>
    </section>
  );
}
