/**
 * What an independent library says of every signature, and why it differs where it does. The verdict never rests on it.
 */
import { differenceWords, OPINION } from '../../content/page/trace.ts';
import { SECOND_OPINION_WORDS } from '../../content/findings/crypto.ts';
import { signatureName } from '../../state/panes/protection.ts';
import type { SecondOpinionView } from '../../state/inspector.ts';
import { Mark } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNavigation, useRun } from '../bench-context.tsx';

/** What the library says of each signature, once it was asked. */
export function SecondOpinion() {
  const navigation = useNavigation();
  const trace = useRun((run) => run.trace);
  const opinions = useRun((run) => run.opinions);
  if (!trace) return null;
  return (
    <article className="explained" aria-label={OPINION.title}>
      <h3>{OPINION.library}</h3>
      <p>{OPINION.about}</p>
      {trace.signatures.length === 0 ? <p>{OPINION.noSignature}</p> : null}
      {opinions === 'asking' ? (
        <p className="muted" role="status">
          {OPINION.asking}
        </p>
      ) : null}
      {opinions === null ? <p>{OPINION.declined}</p> : null}
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
                {opinion ? <Opinion opinion={opinion} /> : <p>{OPINION.silent}</p>}
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
        <Mark kind="pass" quiet silent /> {OPINION.agrees}
      </p>
    );
  }
  return (
    <>
      <p>
        <Mark kind={opinion.unexplained ? 'warn' : 'none'} quiet silent /> {differenceWords(opinion)}
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
