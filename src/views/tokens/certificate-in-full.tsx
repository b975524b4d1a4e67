/**
 * A certificate in full: what a message would call it, every field and extension, its text form; PEM and DER to take.
 */
import { PATHS } from '../../content/page/tokens.ts';
import { Copy, Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { citationUrl } from '../../content/citations.ts';
import { CERTIFICATE_WORDS as WORDS, extensionWords } from '../../content/certificate-words.ts';
import { encodeBase64 } from '../../engine/bytes/base64.ts';
import { decodeHex } from '../../engine/bytes/hex.ts';
import type { CertificateView, ExtensionView, ViewEntry } from '../../engine/certificates/certificate-view.ts';
import type { CertificateReport } from '../../engine/trace/trace.ts';
import type { CertificateInFull as Answer, RunId } from '../../state/inspector.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { saveFile } from '../save.ts';
import { useInspector, useRun } from '../bench-context.tsx';

/** Characters of the text form and of one value that are drawn. */
const LONGEST_TEXT = 200_000;
const LONGEST_VALUE = 2_000;
/** Octets that stand open; more are folded. */
const SHORT = 40;

/** The certificate field by field, or as OpenSSL prints one. */
type Form = 'fields' | 'text';

const FORMS: readonly (readonly [Form, string])[] = [
  ['fields', WORDS.asFields],
  ['text', WORDS.asText],
];

/** Everything that a certificate says, asked of the worker when it is opened. */
export function CertificateInFull({ certificate }: { readonly certificate: CertificateReport }) {
  const answer = useAnswer(certificate.id);
  const [shown, setShown] = useState<Form>('fields');
  if (answer === 'asking') {
    return (
      <p className="muted" role="status">
        {WORDS.asking}
      </p>
    );
  }
  if (answer === null) return <p role="status">{WORDS.gone}</p>;
  const { view, der } = answer;
  return (
    <section className="certificate-full" aria-label={PATHS.certificate(certificate.subject)}>
      <div className="certificate-tools">
        {view === null ? null : <Segmented label={WORDS.showAs} value={shown} options={FORMS} onChange={setShown} />}
        <Take view={view} der={der} shown={shown} name={certificate.sha1.slice(0, 16)} />
      </div>
      {view === null ? <p>{WORDS.unreadable}</p> : null}
      {shown === 'text' && view !== null ? (
        <pre className="certificate-text">
          <Untrusted text={view.text} limit={LONGEST_TEXT} />
        </pre>
      ) : (
        <>
          <Named certificate={certificate} />
          {view === null ? null : <Fields view={view} />}
        </>
      )}
    </section>
  );
}

/** Asks the worker once for each certificate and run. */
function useAnswer(id: string): Answer | null | 'asking' {
  const inspector = useInspector();
  const run = useRun(({ handle }) => handle);
  const [answered, setAnswered] = useState<{
    readonly id: string;
    readonly run: RunId;
    readonly answer: Answer | null;
  } | null>(null);
  useEffect(() => {
    if (run === null) return undefined;
    let wanted = true;
    const ask = async () => {
      const answer = await inspector.certificate(run, id);
      if (wanted) setAnswered({ id, run, answer });
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [inspector, run, id]);
  return answered?.id === id && answered.run === run ? answered.answer : 'asking';
}

function Take({
  view,
  der,
  shown,
  name,
}: {
  readonly view: CertificateView | null;
  readonly der: Uint8Array;
  readonly shown: Form;
  readonly name: string;
}) {
  return (
    <div className="certificate-take">
      {view === null ? null : (
        <>
          <button
            type="button"
            className="control"
            onClick={() => void navigator.clipboard.writeText(shown === 'text' ? view.text : view.pem)}
          >
            <Copy aria-hidden /> {shown === 'text' ? WORDS.copyText : WORDS.copyPem}
          </button>
          <button type="button" className="control" onClick={() => saveFile(`certificate-${name}.pem`, view.pem)}>
            <Download aria-hidden /> {WORDS.savePem}
          </button>
        </>
      )}
      <button type="button" className="control" onClick={() => saveFile(`certificate-${name}.der`, der)}>
        <Download aria-hidden /> {WORDS.saveDer}
      </button>
    </div>
  );
}

/** The values that key references hold, spelled as they hold them. */
function Named({ certificate }: { readonly certificate: CertificateReport }) {
  const base64 = (hex: string) => encodeBase64(decodeHex(hex) ?? new Uint8Array());
  const names: readonly (readonly [string, string])[] = [
    ['X509SubjectName', certificate.subject],
    ['X509IssuerName', certificate.issuer],
    ['X509SerialNumber', certificate.serial],
    ...(certificate.ski === null ? [] : [['X509SKI', base64(certificate.ski)] as const]),
    ['ThumbprintSHA1', base64(certificate.sha1)],
    ['SHA-1', certificate.sha1],
    ['SHA-256', certificate.id],
  ];
  return (
    <>
      <h4>{WORDS.named}</h4>
      <dl className="facts">
        {names.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={/^X509\w+Name$/.test(name) ? '' : 'mono'}>
              <Untrusted text={value} limit={LONGEST_VALUE} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Fields({ view }: { readonly view: CertificateView }) {
  return (
    <>
      <h4>{WORDS.fields}</h4>
      <Entries entries={view.fields} />
      <h4>{WORDS.extensions}</h4>
      {view.extensions.length === 0 ? <p className="muted">{WORDS.noExtensions}</p> : null}
      <ul className="extensions">
        {view.extensions.map((extension, index) => (
          <li key={`${extension.oid}:${index}`}>
            <Extension extension={extension} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Extension({ extension }: { readonly extension: ExtensionView }) {
  const words = extensionWords(extension.oid);
  const url = words === null ? null : citationUrl(words.citation);
  return (
    <>
      <div className="extension-title">
        <b>{extension.name}</b>
        {extension.critical ? (
          <span className="tag" title={WORDS.criticalTitle}>
            {WORDS.critical}
          </span>
        ) : null}
        {extension.name === extension.oid ? null : <code className="muted">{extension.oid}</code>}
      </div>
      <Entries entries={extension.entries} />
      <p className="muted">
        {words?.text ?? (extension.name === extension.oid ? WORDS.unknownExtension : '')}
        {url === null || words === null ? null : (
          <>
            {' '}
            <a href={url} target="_blank" rel="noopener noreferrer">
              {words.clause}
            </a>
          </>
        )}
      </p>
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly ViewEntry[] }) {
  return (
    <dl className="facts entries">
      {entries.map((entry, index) => (
        <div key={`${entry.name}:${index}`} className={entry.name === '' ? 'is-nameless' : ''}>
          {entry.name === '' ? null : <dt>{entry.name}</dt>}
          <dd>
            <Value entry={entry} />
            {entry.entries.length === 0 ? null : <Entries entries={entry.entries} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ entry }: { readonly entry: ViewEntry }) {
  if (entry.value === '') return null;
  if (entry.octets === null) return <Untrusted text={entry.value} limit={LONGEST_VALUE} />;
  const hex = <code className="hex">{entry.value.slice(0, LONGEST_TEXT).replaceAll(/(.{8})(?=.)/g, '$1 ')}</code>;
  if (entry.octets <= SHORT) return hex;
  return (
    <details>
      <summary>{WORDS.bytes(entry.octets)}</summary>
      {hex}
    </details>
  );
}
