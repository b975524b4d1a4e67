/** A file that is no key file may hold the octets of a shared secret: says so, and what in the message it may serve. */
import { KeyRound } from 'lucide-react';
import { useId, useState, type FormEvent } from 'react';
import type { KeyFileDescription } from '../../state/keys.ts';
import { wantedSecrets } from '../../state/wanted-secrets.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { SECRET_OFFER } from '../../content/page/keys.ts';
import { useKeys, useRun } from '../bench-context.tsx';

/** Octets of the largest secret that anybody shares. */
const MOST = 4_096;

/** Whether a file that is no key file is small enough to be a secret. */
export function maybeSecret(file: KeyFileDescription): boolean {
  return (
    file.entries.length === 0 &&
    file.size > 0 &&
    file.size <= MOST &&
    file.problems.every((problem) => problem.code === 'key-format-unknown')
  );
}

/** Offers to take a file's octets as a secret, for the names that the message asks for first. */
export function SecretOffer({ file }: { readonly file: KeyFileDescription }) {
  const keys = useKeys();
  const trace = useRun((run) => run.trace);
  const wanted = wantedSecrets(trace);
  const [name, setName] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void keys.takeAsSecret(file.id, name.trim() === '' ? null : name.trim());
  };
  return (
    <div className="key-problem secret-offer" data-problem="secret">
      <p>
        <b>{SECRET_OFFER.question(file.size)}</b> {wanted.length > 0 ? SECRET_OFFER.wanted : SECRET_OFFER.serves}
      </p>
      {wanted.length > 0 ? (
        <ul>
          {wanted.map((one) => (
            <li key={one.name}>
              <button
                type="button"
                className="control primary"
                onClick={() => void keys.takeAsSecret(file.id, one.name)}
              >
                <KeyRound aria-hidden />
                {SECRET_OFFER.use(one.by)} <Untrusted text={one.name} limit={60} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form onSubmit={submit}>
        <label htmlFor={id}>{SECRET_OFFER.name}</label>
        <input
          id={id}
          className="field"
          autoComplete="off"
          spellCheck={false}
          placeholder={SECRET_OFFER.anyName}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className={`control${wanted.length > 0 ? '' : ' primary'}`}>
          {SECRET_OFFER.take}
        </button>
      </form>
    </div>
  );
}
