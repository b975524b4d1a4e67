/**
 * The form behind the receiver: lifetime, actor, Ids, the request, octets kept elsewhere; every change is judged at
 * once.
 */
import { Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { Untrusted } from '../ui/untrusted.tsx';
import { octets as octetWords } from '../content/page/figures.ts';
import { ATTACHMENTS_FORM, RECEIVER_FORM, REQUEST_FORM } from '../content/page/dialogs.ts';
import { openFiles } from '../views/open-files.ts';
import { useJudging, useReceiver } from '../views/bench-context.tsx';

/** What the receiver knows or demands; every change is judged at once. */
export function ReceiverForm() {
  const judging = useJudging();
  const ttl = useReceiver((receiver) => receiver.ttlSeconds);
  const actor = useReceiver((receiver) => receiver.receiverActor);
  const ids = useReceiver((receiver) => receiver.idAttributes);
  const [idText, setIdText] = useState(() => ids.join(' '));
  const id = useId();
  return (
    <div className="receiver">
      <h2>{RECEIVER_FORM.title}</h2>
      <label className="stack" htmlFor={`${id}ttl`}>
        {RECEIVER_FORM.lifetime}
        <input
          id={`${id}ttl`}
          className="field"
          type="number"
          min={0}
          placeholder={RECEIVER_FORM.anyLifetime}
          value={ttl ?? ''}
          onChange={({ target }) =>
            judging.configure({ ttlSeconds: target.valueAsNumber >= 0 ? target.valueAsNumber : null })
          }
        />
      </label>
      <label className="stack" htmlFor={`${id}actor`}>
        {RECEIVER_FORM.actor}
        <input
          id={`${id}actor`}
          className="field"
          autoComplete="off"
          spellCheck={false}
          placeholder={RECEIVER_FORM.noActor}
          value={actor ?? ''}
          onChange={({ target }) => judging.configure({ receiverActor: target.value === '' ? null : target.value })}
        />
      </label>
      <label className="stack" htmlFor={`${id}ids`}>
        {RECEIVER_FORM.ids}
        <input
          id={`${id}ids`}
          className="field"
          autoComplete="off"
          spellCheck={false}
          placeholder={RECEIVER_FORM.knownIds}
          value={idText}
          onChange={({ target }) => {
            setIdText(target.value);
            judging.configure({ idAttributes: target.value.split(/[\s,]+/).filter((name) => name !== '') });
          }}
        />
      </label>
      <Request />
      <Attachments />
    </div>
  );
}

function Request() {
  const judging = useJudging();
  const request = useReceiver((receiver) => receiver.request);
  const choose = async () => {
    const [file] = await openFiles();
    if (file) judging.configure({ request: { octets: file.octets, name: file.name } });
  };
  return (
    <section aria-label={REQUEST_FORM.label}>
      <h3>{REQUEST_FORM.title}</h3>
      {request ? (
        <p className="receiver-file">
          <b>
            <Untrusted text={request.name} limit={60} />
          </b>
          <span className="muted">{octetWords(request.octets.length)}</span>
          <button
            type="button"
            className="control icon danger"
            aria-label={REQUEST_FORM.remove(request.name)}
            onClick={() => judging.configure({ request: null })}
          >
            <Trash2 aria-hidden />
          </button>
        </p>
      ) : (
        <button type="button" className="control" onClick={() => void choose()}>
          <Plus aria-hidden />
          {REQUEST_FORM.add}
        </button>
      )}
    </section>
  );
}

function Attachments() {
  const judging = useJudging();
  const attachments = useReceiver((receiver) => receiver.attachments);
  const add = async () => {
    const files = await openFiles();
    if (files.length > 0) {
      judging.configure({ attachments: [...attachments, ...files.map(({ name, octets }) => ({ name, octets }))] });
    }
  };
  const change = (at: number, name: string) =>
    judging.configure({ attachments: attachments.map((one, index) => (index === at ? { ...one, name } : one)) });
  return (
    <section aria-label={ATTACHMENTS_FORM.label}>
      <h3>{ATTACHMENTS_FORM.title}</h3>
      {attachments.map((attachment, index) => (
        // Two may have one name while it is typed: the place tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <p key={index} className="receiver-file">
          <input
            className="field"
            aria-label={ATTACHMENTS_FORM.name(index + 1)}
            spellCheck={false}
            value={attachment.name}
            onChange={({ target }) => change(index, target.value)}
          />
          <span className="muted">{octetWords(attachment.octets.length)}</span>
          <button
            type="button"
            className="control icon danger"
            aria-label={ATTACHMENTS_FORM.remove(attachment.name)}
            onClick={() => judging.configure({ attachments: attachments.filter((_, at) => at !== index) })}
          >
            <Trash2 aria-hidden />
          </button>
        </p>
      ))}
      <button type="button" className="control" onClick={() => void add()}>
        <Plus aria-hidden />
        {ATTACHMENTS_FORM.add}
      </button>
      {attachments.length > 0 ? <p className="muted">{ATTACHMENTS_FORM.naming}</p> : null}
    </section>
  );
}
