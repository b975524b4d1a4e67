/**
 * Certificate paths as an ordered list with each check, the candidates that were left and why, and every certificate
 * met.
 */
import { codeWords, dataWords } from '../../content/data-words.ts';
import { commonName } from '../../content/names.ts';
import { lazy, Suspense, useId, useState } from 'react';
import { CERTIFICATE_WORDS } from '../../content/certificate-words.ts';
import type { CertificateReport, PathReport, Trace } from '../../engine/trace/trace.ts';
import { Mark } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { period } from '../../content/page/figures.ts';
import { PATHS } from '../../content/page/tokens.ts';
import { useNavigation, useRun } from '../bench-context.tsx';
import { certificateOf } from '../marks.ts';

const CertificateInFull = lazy(async () => ({
  default: (await import('./certificate-in-full.tsx')).CertificateInFull,
}));

/** The paths that were tried, then the certificates that stand in none. */
export function CertificatesPanel() {
  const trace = useRun((run) => run.trace);
  if (!trace) return <p className="panel-empty">{PATHS.notJudgedYet}</p>;
  if (trace.certificates.length === 0) {
    return <p className="panel-empty">{PATHS.none}</p>;
  }
  const inPaths = new Set(trace.paths.flatMap((path) => path.certificates.map((entry) => entry.certificate)));
  const others = trace.certificates.filter((certificate) => !inPaths.has(certificate.id));
  return (
    <div className="certificates scroll">
      {trace.paths.map((path, index) => (
        <Path key={`${path.step}:${index}`} path={path} trace={trace} />
      ))}
      {others.length > 0 ? <h3>{PATHS.others(trace.paths.length)}</h3> : null}
      <ul className="certificate-list">
        {others.map((certificate) => (
          <li key={certificate.id}>
            <Certificate certificate={certificate} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Path({ path, trace }: { readonly path: PathReport; readonly trace: Trace }) {
  const navigation = useNavigation();
  const leaf = certificateOf(trace, path.leaf);
  const kind = path.status === 'pass' ? 'pass' : path.status === 'fail' ? 'fail' : 'unknown';
  return (
    <section className="path" aria-label={PATHS.label(leaf?.subject ?? null)}>
      <button type="button" className="card-title" onClick={() => navigation.selectStep(path.step)}>
        <Mark kind={kind} />
        <b>
          {PATHS.of} <Untrusted text={commonName(leaf?.subject ?? path.leaf)} limit={100} />
        </b>
      </button>
      <ol className="chain">
        {path.certificates.map((entry, index) => {
          const certificate = certificateOf(trace, entry.certificate);
          return (
            <li key={entry.certificate}>
              {certificate ? (
                <Certificate
                  certificate={certificate}
                  anchor={certificate.trusted}
                  last={index === path.certificates.length - 1}
                />
              ) : (
                <code>{entry.certificate.slice(0, 16)}</code>
              )}
              <Checks checks={entry.checks} />
            </li>
          );
        })}
      </ol>
      {path.rejected.length > 0 ? <Rejected path={path} trace={trace} /> : null}
    </section>
  );
}

function Checks({ checks }: { readonly checks: PathReport['certificates'][number]['checks'] }) {
  return (
    <ul className="checks">
      {checks.map((check, position) => (
        <li
          key={`${check.check}:${position}`}
          className={check.passed ? '' : 'is-failed'}
          title={dataWords(check.data)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        >
          <Mark kind={check.passed ? 'pass' : 'fail'} quiet={check.passed} />
          {codeWords(check.check)}
        </li>
      ))}
    </ul>
  );
}

function Rejected({ path, trace }: { readonly path: PathReport; readonly trace: Trace }) {
  return (
    <details>
      <summary>{PATHS.left(path.rejected.length)}</summary>
      <ul className="rejected">
        {path.rejected.map((candidate, index) => (
          <li key={`${candidate.certificate}:${index}`}>
            <Untrusted
              text={commonName(
                certificateOf(trace, candidate.certificate)?.subject ?? candidate.certificate.slice(0, 16),
              )}
              limit={100}
            />
            : {codeWords(candidate.reason)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Certificate({
  certificate,
  anchor = false,
  last = false,
}: {
  readonly certificate: CertificateReport;
  readonly anchor?: boolean;
  readonly last?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const full = useId();
  return (
    <>
      <div className={`certificate${last ? ' is-last' : ''}`} title={certificate.subject}>
        <b>
          <Untrusted text={commonName(certificate.subject)} limit={100} />
        </b>
        {anchor || certificate.trusted ? <span className="tag tag-pass">{PATHS.trusted}</span> : null}
        {certificate.selfIssued ? <span className="tag">{PATHS.selfIssued}</span> : null}
        <button
          type="button"
          className="linkish"
          aria-expanded={open}
          aria-controls={full}
          aria-label={`${open ? CERTIFICATE_WORDS.close : CERTIFICATE_WORDS.open}: ${commonName(certificate.subject)}`}
          onClick={() => setOpen(!open)}
        >
          {open ? CERTIFICATE_WORDS.close : CERTIFICATE_WORDS.open}
        </button>
        <span className="muted">
          {certificate.key} · {period(certificate.notBefore, certificate.notAfter)} ·{' '}
          <Untrusted text={certificate.from} limit={80} />
        </span>
        <code className="muted">{PATHS.fingerprint(certificate.sha1)}</code>
      </div>
      <div id={full}>
        {open ? (
          <Suspense fallback={<p className="muted">{CERTIFICATE_WORDS.asking}</p>}>
            <CertificateInFull certificate={certificate} />
          </Suspense>
        ) : null}
      </div>
    </>
  );
}
