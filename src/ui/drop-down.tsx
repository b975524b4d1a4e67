/**
 * A button that opens a menu or a small dialog below it. What it opens is brought in when it is needed; until then this
 * is a button and nothing else.
 */
import {
  Suspense,
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { rememberOpener, returnLostFocus } from './return-focus.ts';

/** What a `DropDown` gives to the popup that it opens. */
export interface PopupProps {
  readonly triggerRef: RefObject<HTMLButtonElement | null>;
  /** Which item of a menu gets the focus; null where a pointer opened it. */
  readonly focus: 'first' | 'last' | null;
  readonly onClose: () => void;
}

/** The button, and what it opens. */
export interface DropDownProps {
  readonly opens: 'menu' | 'dialog';
  readonly className: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly popup: ComponentType<PopupProps>;
  readonly children: ReactNode;
}

interface Opened {
  readonly focus: PopupProps['focus'];
}

/** Whether it is open and how, who has the focus meanwhile, and Escape until the popup can hear it. */
function useOpening(trigger: RefObject<HTMLButtonElement | null>) {
  const [open, setOpen] = useState<Opened | null>(null);
  /** The button has the focus back, but the user did not go there with the keyboard. */
  const [quiet, setQuiet] = useState(false);
  const pointed = useRef(false);
  useEffect(() => {
    if (!open) return undefined;
    if (trigger.current) rememberOpener(trigger.current);
    pointed.current = open.focus === null;
    const onPointer = () => {
      pointed.current = true;
    };
    const onKey = (event: globalThis.KeyboardEvent) => {
      pointed.current = false;
      // Until the popup has taken the focus, it cannot hear the key that is meant for it.
      const { activeElement } = document;
      if (event.key !== 'Escape' || (activeElement !== document.body && activeElement !== trigger.current)) return;
      setOpen(null);
    };
    addEventListener('pointerdown', onPointer, true);
    addEventListener('keydown', onKey, true);
    return () => {
      removeEventListener('pointerdown', onPointer, true);
      removeEventListener('keydown', onKey, true);
      returnLostFocus();
    };
  }, [open, trigger]);
  const onClose = () => {
    // Closed by a pointer, it gives the focus back, but without a ring.
    setQuiet(pointed.current);
    setOpen(null);
  };
  return { open, setOpen, quiet, setQuiet, onClose };
}

/** A button that opens a popup below it, by pointer or key, and has the focus back when that closes. */
export function DropDown({ opens, className, label, disabled = false, popup: Popup, children }: DropDownProps) {
  const trigger = useRef<HTMLButtonElement | null>(null);
  const { open, setOpen, quiet, setQuiet, onClose } = useOpening(trigger);
  const onKeyDown = (event: KeyboardEvent) => {
    setQuiet(false);
    if (opens !== 'menu' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    setOpen({ focus: event.key === 'ArrowDown' ? 'first' : 'last' });
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={`${className}${open ? ' is-open' : ''}`}
        aria-haspopup={opens}
        aria-expanded={open !== null}
        disabled={disabled}
        data-quiet={quiet || undefined}
        {...(label === undefined ? {} : { 'aria-label': label })}
        onClick={(event) => {
          // Not every browser focuses a button that is clicked, and what it opens gives the focus back to it.
          event.currentTarget.focus();
          setOpen(open ? null : { focus: event.detail === 0 ? 'first' : null });
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setQuiet(false)}
      >
        {children}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Popup triggerRef={trigger} focus={open.focus} onClose={onClose} />
        </Suspense>
      ) : null}
    </>
  );
}
