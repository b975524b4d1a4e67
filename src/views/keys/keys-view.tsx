/**
 * Keys and certificates: what each file gave, what it still asks for, what is trusted. Private parts and passwords stay
 * in the worker.
 */
import { commonName } from '../../content/names.ts';
import { Eraser, KeyRound, Lock, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { useId, useState, type FormEvent } from 'react';
import type { CertificateSummary, KeyDescription, KeyFileDescription, UserDescription } from '../../state/keys.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { date, period } from '../../content/page/figures.ts';
import { keyWords } from '../../content/key-words.ts';
import { CERTIFICATE_FACTS, KEY_FILE, KEY_KINDS, KEYS_VIEW, USERS } from '../../content/page/keys.ts';
import { KeyProblem, PasteKey } from './key-forms.tsx';
import { openFiles } from '../open-files.ts';
import { maybeSecret } from './secret-offer.tsx';
import { useKeyRing, useKeys, useKeysLost } from '../bench-context.tsx';

/** Every key file and user of the session, and the ways to add and remove them. */
export function KeysView() {
  const acts = useKeys();
  const keys = useKeyRing();
  const lost = useKeysLost();
  const [pasting, setPasting] = useState(false);
  const empty = keys.files.length === 0 && keys.users.length === 0;
  return (
    <section className="keys scroll" aria-label={KEYS_VIEW.title}>
      <header className="keys-head">
        <h2>{KEYS_VIEW.title}</h2>
        <button
          type="button"
          className="control primary"
          onClick={() => void openFiles().then((files) => (files.length > 0 ? acts.add(files) : undefined))}
        >
          <Plus aria-hidden />
          {KEYS_VIEW.add}
        </button>
        <button type="button" className="control" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
          {KEYS_VIEW.paste}
        </button>
        <button type="button" className="control danger" disabled={empty} onClick={() => void acts.wipe()}>
          <Eraser aria-hidden />
          {KEYS_VIEW.wipe}
        </button>
      </header>
      <p className="keys-promise">
        <Lock aria-hidden />
        {KEYS_VIEW.promise}
      </p>
      {lost ? (
        <p className="notice notice-warn" role="alert">
          <TriangleAlert aria-hidden />
          {KEYS_VIEW.lost}
        </p>
      ) : null}
      {pasting ? <PasteKey onDone={() => setPasting(false)} /> : null}
      {empty ? <p className="panel-empty">{KEYS_VIEW.none}</p> : null}
      <ul className="key-files">
        {keys.files.map((file) => (
          <li key={file.id}>
            <KeyFile file={file} />
          </li>
        ))}
      </ul>
      <Users users={keys.users} />
    </section>
  );
}

function KeyFile({ file }: { readonly file: KeyFileDescription }) {
  const keys = useKeys();
  const trustId = useId();
  return (
    <article className="key-file" data-file={file.name}>
      <header>
        <KeyRound aria-hidden />
        <b>
          <Untrusted text={file.name} limit={120} />
        </b>
        {maybeSecret(file) ? null : <span className="tag">{file.format}</span>}
        {file.crls > 0 ? <span className="tag">{KEY_FILE.crls(file.crls)}</span> : null}
        {maybeSecret(file) ? (
          <span className="spacer" />
        ) : (
          <label className="checkbox spacer" htmlFor={trustId}>
            <input
              id={trustId}
              type="checkbox"
              checked={file.trusted}
              onChange={(event) => void keys.setTrusted(file.id, event.target.checked)}
            />
            {KEY_FILE.trusted}
          </label>
        )}
        <button
          type="button"
          className="control icon danger"
          aria-label={KEY_FILE.removeFile(file.name)}
          title={KEY_FILE.remove}
          onClick={() => void keys.remove(file.id)}
        >
          <Trash2 aria-hidden />
        </button>
      </header>
      <ul>
        {file.entries.map((entry) => (
          <li key={entry.id}>
            <KeyRow entry={entry} />
          </li>
        ))}
      </ul>
      {file.problems.map((problem, index) => (
        <KeyProblem key={`${problem.code}:${problem.alias ?? ''}:${index}`} file={file} problem={problem} />
      ))}
    </article>
  );
}

function KeyRow({ entry }: { readonly entry: KeyDescription }) {
  const leaf = entry.certificates[0];
  const name = leaf ? commonName(leaf.subject) : (entry.alias ?? entry.name ?? KEY_KINDS[entry.kind]);
  return (
    <div className="key-row">
      <span className={`key-dot key-${entry.kind}`} aria-hidden />
      <b>
        <Untrusted text={name} limit={120} />
      </b>
      <span className="tag">{KEY_KINDS[entry.kind]}</span>
      {entry.trusted ? <span className="tag tag-pass">{KEY_FILE.anchor}</span> : null}
      <span className="muted">
        {entry.key === null ? null : keyWords(entry.key)}
        {entry.alias && entry.alias !== name ? (
          <>
            {' '}
            · {KEY_FILE.alias} <Untrusted text={entry.alias} limit={80} />
          </>
        ) : null}
      </span>
      {leaf ? (
        <details className="key-details">
          <summary>
            {KEY_FILE.issuedBy} <Untrusted text={commonName(leaf.issuer)} limit={100} /> ·{' '}
            {KEY_FILE.until(date(leaf.notAfter))}
          </summary>
          {entry.certificates.map((certificate) => (
            <CertificateFacts key={certificate.id} certificate={certificate} />
          ))}
        </details>
      ) : null}
    </div>
  );
}

function CertificateFacts({ certificate }: { readonly certificate: CertificateSummary }) {
  return (
    <dl className="facts">
      <div>
        <dt>{CERTIFICATE_FACTS.subject}</dt>
        <dd>
          <Untrusted text={certificate.subject} />
        </dd>
      </div>
      <div>
        <dt>{CERTIFICATE_FACTS.issuer}</dt>
        <dd>
          <Untrusted text={certificate.issuer} />
        </dd>
      </div>
      <div>
        <dt>{CERTIFICATE_FACTS.serial}</dt>
        <dd className="mono">{certificate.serial}</dd>
      </div>
      <div>
        <dt>{CERTIFICATE_FACTS.valid}</dt>
        <dd>{period(certificate.notBefore, certificate.notAfter)}</dd>
      </div>
      <div>
        <dt>{CERTIFICATE_FACTS.sha1}</dt>
        <dd className="mono">{certificate.sha1}</dd>
      </div>
      <div>
        <dt>{CERTIFICATE_FACTS.sha256}</dt>
        <dd className="mono">{certificate.id}</dd>
      </div>
      {certificate.ski ? (
        <div>
          <dt>{CERTIFICATE_FACTS.keyIdentifier}</dt>
          <dd className="mono">{certificate.ski}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function Users({ users }: { readonly users: readonly UserDescription[] }) {
  const keys = useKeys();
  return (
    <section className="users" aria-label={USERS.label}>
      <h3>{USERS.title}</h3>
      <ul>
        {users.map((user) => (
          <li key={`${user.set} ${user.name}`}>
            <Untrusted text={user.name} limit={80} />
            <span className="muted">{USERS.kept}</span>
            <button
              type="button"
              className="control icon danger"
              aria-label={USERS.remove(user.name)}
              onClick={() => void keys.removeUser(user)}
            >
              <Trash2 aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <UserForm />
    </section>
  );
}

function UserForm() {
  const keys = useKeys();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = password;
    setPassword('');
    setName('');
    void keys.addUser(name, given);
  };
  return (
    <form className="row" onSubmit={submit}>
      <label className="stack inline" htmlFor={`${id}name`}>
        {USERS.name}{' '}
        <input
          id={`${id}name`}
          className="field"
          value={name}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="stack inline" htmlFor={`${id}password`}>
        {USERS.password}{' '}
        <input
          id={`${id}password`}
          className="field"
          type="password"
          autoComplete="off"
          data-1p-ignore
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <button type="submit" className="control" disabled={name === ''}>
        {USERS.add}
      </button>
    </form>
  );
}
