/**
 * What an independent library says of every signature, and why it differs where it does. The verdict never rests on it.
 */
import { SECOND_OPINION_WORDS } from '../../content/findings/crypto.ts';
import { signatureName } from '../../state/panes/protection.ts';
import type { SecondOpinionView } from '../../state/inspector.ts';
import { Mark } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNavigation, useRun } from '../bench-context.tsx';

export function SecondOpinion() {
  const navigation = useNavigation();
  const trace = useRun((run) => run.trace);
  const opinions = useRun((run) => run.opinions);
  if (!trace) return null;
  return (
    <article className="explained" aria-label="Second opinion">
      <h3>Second opinion: xmldsigjs</h3>
      <p>
        An independent library verifies the same signatures with the same keys, in this page. Its answer is shown for
        comparison; the verdict does not rest on it.
      </p>
      {trace.signatures.length === 0 ? <p>There is no signature to ask about.</p> : null}
      {opinions === 'asking' ? (
        <p className="muted" role="status">
          Asking…
        </p>
      ) : null}
      {opinions === null ? (
        <p>The library declines: the message is larger than it is given, or not one it can parse.</p>
      ) : null}
      {Array.isArray(opinions) ? (
        <ul className="opinions">
          {trace.signatures.map((signature, index) => {
            const opinion = (opinions as readonly SecondOpinionView[]).find(
              (candidate) => candidate.step === signature.step,
            );
            return (
              <li key={signature.step}>
                <button type="button" className="linkish" onClick={() => navigation.selectStep(signature.step)}>
                  {signatureName(trace, index)}
                </button>
                {opinion ? <Opinion opinion={opinion} /> : <p>The library says nothing about it.</p>}
              </li>
            );
          })}
        </ul>
      ) : null}
    </article>
  );
}

function Opinion({ opinion }: { readonly opinion: SecondOpinionView }) {
  if (opinion.agrees) {
    return (
      <p>
        <Mark kind="pass" quiet silent /> Comes to the same result.
      </p>
    );
  }
  return (
    <>
      <p>
        <Mark kind={opinion.unexplained ? 'warn' : 'none'} quiet silent />{' '}
        {opinion.why ? 'Stops' : 'Comes to another result'}
        {opinion.unexplained
          ? ', and no known defect of the library explains why. Worth a report, to them or to us.'
          : ', for a known reason:'}
      </p>
      {opinion.explanations.length > 0 ? (
        <ul className="rejected">
          {opinion.explanations.map((code) => (
            <li key={code}>{SECOND_OPINION_WORDS[code] ?? code}</li>
          ))}
        </ul>
      ) : null}
      {opinion.unexplained && opinion.why ? (
        <p className="muted">
          <Untrusted text={opinion.why} limit={200} />
        </p>
      ) : null}
    </>
  );
}
