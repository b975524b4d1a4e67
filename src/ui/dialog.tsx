/** A modal dialog on React Aria: labelled, closable by Escape, a click outside and a button. */
import { CONTROL_WORDS } from '../content/page/controls.ts';
import { X } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { returnLostFocus } from './return-focus.ts';

/** A dialog over the page, closed by `onClose` alone. */
export function Dialog({
  title,
  open,
  onClose,
  wide = false,
  bare = false,
  children,
}: {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** No visible heading. */ readonly bare?: boolean;
  readonly children: ReactNode;
}) {
  useEffect(() => returnLostFocus, []);
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable
      className="overlay"
    >
      <Modal className={`modal${wide ? ' is-wide' : ''}`}>
        <AriaDialog className="dialog" {...(bare ? { 'aria-label': title } : {})}>
          {bare ? null : (
            <header>
              <Heading slot="title" level={2}>
                {title}
              </Heading>
              <Button className="control icon" aria-label={CONTROL_WORDS.close} onPress={onClose}>
                <X aria-hidden />
              </Button>
            </header>
          )}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
