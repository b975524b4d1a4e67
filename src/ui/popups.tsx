/** What a `DropDown` opens, on React Aria: a menu, or a small dialog. Loaded when it is first needed. */
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Menu, Popover } from 'react-aria-components/Menu';
import type { PopupProps } from './drop-down.tsx';

/** A menu below its button. */
export interface MenuPopupProps extends PopupProps {
  readonly label: string;
  readonly className?: string;
  readonly onAction: (id: string) => void;
  /** Given where the items are a choice: the one that stands. */
  readonly chosen?: string | null;
  readonly children: ReactNode;
}

/** The menu: takes the focus, gives the chosen item's id to `onAction`, closes. */
export function MenuPopup({
  triggerRef,
  focus,
  onClose,
  label,
  className = '',
  onAction,
  chosen,
  children,
}: MenuPopupProps) {
  return (
    <Popover
      className={`popover ${className}`}
      aria-label={label}
      placement="bottom end"
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Menu
        // A menu that opens takes the focus: WAI-ARIA APG, menu button.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={focus ?? true}
        className="menu"
        aria-label={label}
        onClose={onClose}
        onAction={(key) => onAction(String(key))}
        {...(chosen === undefined ? {} : { selectionMode: 'single', selectedKeys: chosen === null ? [] : [chosen] })}
      >
        {children}
      </Menu>
    </Popover>
  );
}

/** A small dialog below its button. */
export interface DialogPopupProps extends PopupProps {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** The dialog: takes the focus, closes by Escape or a click beside it. */
export function DialogPopup({ triggerRef, onClose, label, className, children }: DialogPopupProps) {
  return (
    <Popover
      className="popover"
      placement="bottom end"
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog className={className} aria-label={label}>
        {children}
      </Dialog>
    </Popover>
  );
}
