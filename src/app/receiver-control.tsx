/** What the receiver of the message knows or demands besides keys and time: lifetime, actor, Ids, the request it answers, octets kept elsewhere. */
import { ChevronDown, Inbox } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Menu';
import { useSession } from '../views/workbench-context.tsx';

const ReceiverForm = lazy(async () => ({ default: (await import('./receiver-form.tsx')).ReceiverForm }));

/** How many things are set here, for the button: what is set must not hide. */
function useSettings(): number {
  return useSession((session) => Number(session.ttlSeconds !== null) + Number(session.receiverActor !== null) + Number(session.idAttributes.length > 0) + Number(session.request !== null) + session.attachments.length);
}

export function ReceiverControl() {
  const set = useSettings();
  return (
    <DialogTrigger>
      <Button className="control receiver-control" aria-label={`Receiver: ${set === 0 ? 'nothing set' : `${set} set`}`}><Inbox aria-hidden /><span className="mid-only">Receiver</span>{set > 0 ? <b>{set}</b> : null}<ChevronDown aria-hidden /></Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="clock-dialog receiver-dialog" aria-label="Receiver"><Suspense fallback={null}><ReceiverForm /></Suspense></Dialog>
      </Popover>
    </DialogTrigger>
  );
}
