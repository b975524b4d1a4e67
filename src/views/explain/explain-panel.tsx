/**
 * The selected step or finding explained: what was compared, the proof, whose act it is, what to change, and the
 * clause.
 */
import { codeWords, dataWords } from '../../content/data-words.ts';
import { commonName } from '../../content/names.ts';
import type { Artifact, Finding, ReferenceReport, Step, Trace } from '../../engine/trace/trace.ts';
import { STEPS, stepLine } from '../../content/steps.ts';
import { findingTitle, findingWords } from '../../content/findings/index.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { SECOND_OPINION } from '../../state/selection.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { DIGESTS, EXPLAIN } from '../../content/page/explain.ts';
import { octets } from '../../content/page/figures.ts';
import { hexOfBase64, shortHex } from '../format.ts';
import { Citations } from './citations.tsx';
import { DigestRows, type DigestRow } from './digest-rows.tsx';
import { Fixes } from './fixes.tsx';
import { Said } from './said.tsx';
import { certificateOf } from '../marks.ts';
import { useLayout, useNavigation, useRun, useSelection } from '../bench-context.tsx';
import { KeyReveal } from '../trace/key-reveal.tsx';
import { SecondOpinion } from '../trace/second-opinion.tsx';

/** What the selected step and its findings are about. */
export function ExplainPanel() {
  const trace = useRun((run) => run.trace);
  const stepId = useSelection((selection) => selection.step);
  const findingId = useSelection((selection) => selection.finding);
  const explain = useLayout((layout) => layout.explain);
  if (!trace) return <p className="panel-empty">{EXPLAIN.noStep}</p>;
  const step = indexTrace(trace).step(stepId);
  const finding = indexTrace(trace).finding(findingId);
  if (stepId === SECOND_OPINION) {
    return (
      <div className="explain scroll">
        <SecondOpinion />
      </div>
    );
  }
  if (!step && !finding) return <p className="panel-empty">{EXPLAIN.nothingSelected}</p>;
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

/** One finding in full: what it says, its evidence, what to change, where it is written. */
export function FindingBody({ finding, trace }: { readonly finding: Finding; readonly trace: Trace }) {
  const explain = findingWords(finding.code)?.explain;
  const reference = indexTrace(trace).referenceOf(finding.step);
  return (
    <article className={`explained severity-${finding.severity}`}>
      <h3>
        <Untrusted text={findingTitle(finding)} limit={240} />
      </h3>
      <Said finding={finding} />
      {reference ? <Digests reference={reference} finding={finding} /> : <Evidence evidence={finding.evidence} />}
      {explain ? <p className="why">{explain}</p> : null}
      <Fixes code={finding.code} />
      <p className="cite">
        <code>{finding.code}</code>
        {finding.fault ? (
          <>
            {' '}
            · {EXPLAIN.fault} <code>{finding.fault}</code>
          </>
        ) : null}
        <Citations citations={finding.citations} />
      </p>
    </article>
  );
}

function Digests({ reference, finding }: { readonly reference: ReferenceReport; readonly finding: Finding | null }) {
  const { digestMethod, expected, computed } = reference;
  if (computed === null) return null;
  const row = (label: string, base64: string): DigestRow => ({
    label,
    hex: hexOfBase64(base64),
    equal: base64 === expected,
  });
  const proofs = (finding?.evidence ?? []).filter((artifact) => artifact.type === 'digest');
  return (
    <DigestRows
      method={digestMethod}
      rows={[
        { label: DIGESTS.declared, hex: hexOfBase64(expected), equal: null },
        row(DIGESTS.computed, computed),
        ...proofs
          .filter(({ value }) => value !== computed)
          .map(({ label, value }) => row(value === expected ? label || DIGESTS.undone : label, value)),
      ]}
    />
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
    value = EXPLAIN.places(artifact.ranges.length);
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
          {EXPLAIN.notReached[0]}{' '}
          <button type="button" className="linkish" onClick={() => navigation.selectStep(because.id)}>
            {stepLine(trace, because).title}
          </button>{' '}
          {EXPLAIN.notReached[1]}
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
