/**
 * The selected step or finding explained: what was compared, the proof, whose act it is, what to change, and the
 * clause.
 */
import { CONFIDENCE, codeWords, dataWords, partyWords } from '../../content/data-words.ts';
import { commonName } from '../../content/names.ts';
import type { Artifact, Finding, ReferenceReport, SpecCitation, Step, Trace } from '../../engine/trace/trace.ts';
import { citationText, citationUrl } from '../../content/citations.ts';
import { algorithmName, STEPS, stepLine } from '../../content/steps.ts';
import { findingFixes } from '../../content/findings/fixes.ts';
import { findingMessage, findingTitle, findingWords } from '../../content/findings/index.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { SECOND_OPINION } from '../../state/selection.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { hexOfBase64, octets, shortHex } from '../format.ts';
import { certificateOf } from '../marks.ts';
import { useLayout, useNavigation, useRun, useSelection } from '../bench-context.tsx';
import { KeyReveal } from '../trace/key-reveal.tsx';
import { SecondOpinion } from '../trace/second-opinion.tsx';

export function ExplainPanel() {
  const trace = useRun((run) => run.trace);
  const stepId = useSelection((selection) => selection.step);
  const findingId = useSelection((selection) => selection.finding);
  const explain = useLayout((layout) => layout.explain);
  if (!trace) return <p className="panel-empty">Select a step to have it explained.</p>;
  const step = indexTrace(trace).step(stepId);
  const finding = indexTrace(trace).finding(findingId);
  if (stepId === SECOND_OPINION) {
    return (
      <div className="explain scroll">
        <SecondOpinion />
      </div>
    );
  }
  if (!step && !finding) return <p className="panel-empty">Select a step or a finding to have it explained.</p>;
  const others = step
    ? trace.findings.filter((candidate) => step.findings.includes(candidate.id) && candidate !== finding)
    : [];
  return (
    <div className="explain scroll">
      {finding ? <FindingBody finding={finding} trace={trace} /> : null}
      {others.map((other) => (
        <FindingBody key={other.id} finding={other} trace={trace} />
      ))}
      {step ? <StepBody step={step} trace={trace} long={explain || !finding} /> : null}
    </div>
  );
}

export function FindingBody({ finding, trace }: { readonly finding: Finding; readonly trace: Trace }) {
  const explain = findingWords(finding.code)?.explain;
  const fixes = Object.entries(findingFixes(finding.code));
  const reference = indexTrace(trace).referenceOf(finding.step);
  return (
    <article className={`explained severity-${finding.severity}`}>
      <h3>
        <Untrusted text={findingTitle(finding)} limit={240} />
      </h3>
      <p>
        <span className={`confidence confidence-${finding.confidence}`}>
          {finding.confidence === 'proven' ? '✓ ' : ''}
          {CONFIDENCE[finding.confidence]}
        </span>
        <Untrusted text={findingMessage(finding)} limit={1200} />
      </p>
      {reference ? <Digests reference={reference} finding={finding} /> : <Evidence evidence={finding.evidence} />}
      {explain ? <p className="why">{explain}</p> : null}
      {fixes.length > 0 ? (
        <section className="fixes">
          <h4>What to change</h4>
          <dl>
            {fixes.map(([party, text]) => (
              <div key={party}>
                <dt>{partyWords(party)}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      <p className="cite">
        <code>{finding.code}</code>
        {finding.fault ? (
          <>
            {' '}
            · a receiver answers <code>{finding.fault}</code>
          </>
        ) : null}
        <Citations citations={finding.citations} />
      </p>
    </article>
  );
}

function Digests({ reference, finding }: { readonly reference: ReferenceReport; readonly finding: Finding | null }) {
  if (reference.computed === null) return null;
  const proofs = (finding?.evidence ?? []).filter(
    (artifact) => artifact.type === 'digest' && artifact.value !== reference.computed,
  );
  const row = (label: string, base64: string, verdict: 'same' | 'differs' | null) => (
    <div key={`${label}${base64}`}>
      <dt>{label}</dt>
      <dd className="mono" title={hexOfBase64(base64)}>
        {shortHex(hexOfBase64(base64))}
      </dd>
      <dd className={verdict === 'same' ? 'equal' : verdict === 'differs' ? 'unequal' : ''}>
        {verdict === 'same' ? '= equals the declared value' : verdict === 'differs' ? '≠ differs' : ''}
      </dd>
    </div>
  );
  return (
    <dl className="digests" aria-label={`${algorithmName(reference.digestMethod)} digests`}>
      {row('declared', reference.expected, null)}
      {row('computed', reference.computed, reference.computed === reference.expected ? 'same' : 'differs')}
      {proofs.map((artifact) =>
        artifact.type === 'digest' && artifact.value !== reference.expected
          ? row(artifact.label, artifact.value, 'differs')
          : artifact.type === 'digest'
            ? row(artifact.label || 'with that undone', artifact.value, 'same')
            : null,
      )}
    </dl>
  );
}

function Evidence({ evidence }: { readonly evidence: readonly Artifact[] }) {
  if (evidence.length === 0) return null;
  // Several candidates may have been left for one reason: the place is part of the key.
  return (
    <dl className="facts">
      {evidence.map((artifact, index) => (
        <ArtifactRow key={`${artifact.type}:${artifact.label}:${index}`} artifact={artifact} />
      ))}
    </dl>
  );
}

/** `left:ski:ski-differs` of a candidate key: what became of it, and why. */
function artifactLabel(label: string): string {
  const [fate, , reason] = label.split(':');
  return (fate === 'taken' || fate === 'left') && reason ? `${fate}, ${codeWords(reason)}` : codeWords(label);
}

function ArtifactRow({ artifact }: { readonly artifact: Artifact }) {
  const trace = useRun((run) => run.trace);
  let value: string;
  if (artifact.type === 'digest') value = shortHex(hexOfBase64(artifact.value));
  else if (artifact.type === 'value') value = String(artifact.value);
  else if (artifact.type === 'key') value = artifact.key.length > 40 ? shortHex(artifact.key) : artifact.key;
  else if (artifact.type === 'certificate') {
    const subject = trace ? certificateOf(trace, artifact.certificate)?.subject : undefined;
    value = `${subject ? `${commonName(subject)} · ` : ''}${shortHex(artifact.certificate)}`;
  } else if (artifact.type === 'nodes') {
    value = `${artifact.ranges.length} ${artifact.ranges.length === 1 ? 'place' : 'places'}`;
  } else value = artifact.range ? octets(artifact.range.end - artifact.range.start) : artifact.space;
  return (
    <div>
      <dt>{artifactLabel(artifact.label || artifact.type)}</dt>
      <dd className="mono">
        <Untrusted text={value} limit={300} />
      </dd>
    </div>
  );
}

function StepBody({ step, trace, long }: { readonly step: Step; readonly trace: Trace; readonly long: boolean }) {
  const navigation = useNavigation();
  const words = stepLine(trace, step);
  const facts = dataWords(step.data);
  const index = indexTrace(trace);
  const ofReference = step.kind === 'reference' || step.kind === 'digest';
  const reference = step.findings.length === 0 && ofReference ? index.referenceOf(step.id) : null;
  const because = index.step(step.because);
  return (
    <article className="explained">
      <h3>
        {words.title}
        {words.code ? (
          <>
            {' '}
            <code>
              <Untrusted text={words.code} limit={80} />
            </code>
          </>
        ) : null}
      </h3>
      {long ? <p>{STEPS[step.kind].explain}</p> : null}
      {because ? (
        <p>
          Not reached, because{' '}
          <button type="button" className="linkish" onClick={() => navigation.selectStep(because.id)}>
            {stepLine(trace, because).title}
          </button>{' '}
          did not succeed.
        </p>
      ) : null}
      {reference ? <Digests reference={reference} finding={null} /> : null}
      {facts.length > 0 ? (
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Untrusted text={value} limit={400} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <KeyReveal step={step} />
      <Evidence evidence={[...step.inputs, ...step.outputs].filter((artifact) => artifact.type !== 'octets')} />
      {step.citation ? (
        <p className="cite">
          <Citations citations={[step.citation]} />
        </p>
      ) : null}
    </article>
  );
}

/** Addresses come from our own table of specifications, never from a message; they open outside, on a click. */
export function Citations({ citations }: { readonly citations: readonly SpecCitation[] }) {
  return (
    <>
      {citations.map((citation) => {
        const url = citationUrl(citation);
        return (
          <span key={`${citation.spec}${citation.section}`} className="citation">
            {url ? (
              <a href={url} target="_blank" rel="noopener noreferrer">
                {citationText(citation)}
              </a>
            ) : (
              citationText(citation)
            )}
          </span>
        );
      })}
    </>
  );
}
