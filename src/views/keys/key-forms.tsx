/**
 * The forms by which keys and their passwords come in: used in the Keys view and wherever a key is asked for in place.
 */
import { KEY_FORMS } from '../../content/page/keys.ts';
import { keyFileWords } from '../../content/findings/key-files.ts';
import { useId, useState, type FormEvent } from 'react';
import type { KeyFileDescription } from '../../state/keys.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useKeys } from '../bench-context.tsx';
import { maybeSecret, SecretOffer } from './secret-offer.tsx';

/** What is wrong with a key file, and a field for its password where that would help. */
export function KeyProblem({
  file,
  problem,
}: {
  readonly file: KeyFileDescription;
  readonly problem: KeyFileDescription['problems'][number];
}) {
  const keys = useKeys();
  const [password, setPassword] = useState('');
  const field = useId();
  if (problem.code === 'key-format-unknown' && maybeSecret(file)) return <SecretOffer file={file} />;
  const asks = problem.code === 'key-password-needed' || problem.code === 'key-password-wrong';
  const words = keyFileWords(problem);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = password;
    setPassword('');
    void keys.unlock(file.id, problem.alias, given);
  };
  return (
    <div className={`key-problem problem-${problem.code}`} data-problem={problem.code}>
      <p role={problem.code === 'key-password-needed' ? undefined : 'alert'}>
        <b>{words.title}.</b> <Untrusted text={words.message} limit={400} />
      </p>
      {asks ? (
        <form onSubmit={submit}>
          <label htmlFor={field}>
            {KEY_FORMS.passwordOf} <Untrusted text={problem.alias ?? file.name} limit={80} />
          </label>
          <input
            id={field}
            className="field"
            type="password"
            autoComplete="off"
            spellCheck={false}
            data-1p-ignore
            data-invalid={problem.code === 'key-password-wrong'}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <button type="submit" className="control primary">
            {KEY_FORMS.unlock}
          </button>
        </form>
      ) : null}
    </div>
  );
}

/**
 * Octets of a secret as the command writes them: `hex:…`, `base64:…`, `text:…`, or the text itself. What is neither is
 * its text.
 */
function secretOctets(text: string): Uint8Array {
  const [, form, value = ''] = /^\s*(hex|base64|text):([^]*)$/.exec(text) ?? [];
  const bare = value.replaceAll(/\s+/g, '');
  if (form === 'hex' && bare.length % 2 === 0 && /^[0-9a-f]+$/i.test(bare)) {
    return Uint8Array.from(bare.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  if (form === 'base64' && bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare)) {
    return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
  }
  return new TextEncoder().encode(form === 'text' ? value : text);
}

/** A key, certificate or secret as text. */
export function PasteKey({ onDone }: { readonly onDone: () => void }) {
  const keys = useKeys();
  const [text, setText] = useState('');
  const [secret, setSecret] = useState(false);
  const [name, setName] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const octets = secret ? secretOctets(text) : new TextEncoder().encode(text);
    setText('');
    void keys.add([{ name: name || 'pasted', octets }], { secret, ...(name ? { keyName: name } : {}) });
    onDone();
  };
  return (
    <form className="paste-key" onSubmit={submit}>
      <label className="stack" htmlFor={`${id}text`}>
        {KEY_FORMS.what}
        <textarea
          id={`${id}text`}
          className="field"
          rows={6}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          data-gramm="false"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className="row">
        <label className="checkbox" htmlFor={`${id}secret`}>
          <input
            id={`${id}secret`}
            type="checkbox"
            checked={secret}
            onChange={(event) => setSecret(event.target.checked)}
          />
          {KEY_FORMS.secret}
        </label>
        <label className="stack inline" htmlFor={`${id}name`}>
          {KEY_FORMS.keyName}{' '}
          <input
            id={`${id}name`}
            className="field"
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button type="submit" className="control primary" disabled={text.trim() === ''}>
          {KEY_FORMS.add}
        </button>
        <button type="button" className="control" onClick={onDone}>
          {KEY_FORMS.cancel}
        </button>
      </div>
    </form>
  );
}
