/**
 * What the receiver of the message knows or demands besides keys and time: lifetime, actor, Ids, the request it
 * answers, octets kept elsewhere.
 */
import { RECEIVER } from '../content/page/shell.ts';
import { ChevronDown, Inbox } from 'lucide-react';
import { DropDown } from '../ui/drop-down.tsx';
import { useReceiver } from '../views/bench-context.tsx';
import { ReceiverPopup } from './lazy-popups.ts';

/** How many things are set here, for the button: what is set must not hide. */
function useSettings(): number {
  return useReceiver(
    (receiver) =>
      Number(receiver.ttlSeconds !== null) +
      Number(receiver.receiverActor !== null) +
      Number(receiver.idAttributes.length > 0) +
      Number(receiver.request !== null) +
      receiver.attachments.length,
  );
}

/** Says how much is set of the receiver's side, and opens the form for it. */
export function ReceiverControl() {
  const set = useSettings();
  return (
    <DropDown opens="dialog" className="control receiver-control" label={RECEIVER.label(set)} popup={ReceiverPopup}>
      <Inbox aria-hidden />
      <span className="mid-only">{RECEIVER.name}</span>
      {set > 0 ? <b>{set}</b> : null}
      <ChevronDown aria-hidden />
    </DropDown>
  );
}
