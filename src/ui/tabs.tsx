/**
 * Tabs with one panel in the document at a time (WAI-ARIA APG, tabs with automatic activation). Written out here: React
 * Aria's collections would weigh on the first paint.
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';

/** One tab with its panel. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly count?: number;
  readonly content: ReactNode;
}

/** The tabs, and the one that is shown; where `value` names none, the first. */
export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly tabs: readonly Tab<Id>[];
  readonly aside: ReactNode;
}

const TABBABLE =
  'a[href], button:not([tabindex="-1"], :disabled), input:not(:disabled), select:not(:disabled), ' +
  'textarea:not(:disabled), summary, [tabindex="0"]';

/** Whether nothing in the panel can be tabbed to: it is a stop of its own then, so that the keyboard can scroll it. */
function useBare(panel: RefObject<HTMLElement | null>): boolean {
  const [bare, setBare] = useState(false);
  useEffect(() => {
    const box = panel.current;
    if (!box) return undefined;
    const look = () => setBare(box.querySelector(TABBABLE) === null);
    look();
    const observer = new MutationObserver(look);
    observer.observe(box, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [panel]);
  return bare;
}

/** The tab that a key leads to; null where it leads to none. */
function tabAfter<Id extends string>(event: KeyboardEvent, tabs: readonly Tab<Id>[], at: number): Tab<Id> | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const to: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: -1,
  };
  const next = to[event.key];
  return next === undefined ? null : (tabs.at(next % tabs.length) ?? null);
}

/** Tabs above the panel of the one that is shown. */
export function Tabs<Id extends string>({ label, value, onChange, tabs, aside }: TabsProps<Id>) {
  const id = useId();
  const panel = useRef<HTMLDivElement | null>(null);
  const bare = useBare(panel);
  const shown = tabs.find((tab) => tab.id === value) ?? tabs[0];
  return (
    <div className="tabs">
      <div className="tabs-bar">
        <TabList id={id} label={label} tabs={tabs} shown={shown} onChange={onChange} />
        {aside ? <div className="tabs-aside">{aside}</div> : null}
      </div>
      <div
        ref={panel}
        id={`${id}panel`}
        className="tab-panel"
        role="tabpanel"
        aria-labelledby={`${id}${shown?.id ?? ''}`}
        {...(bare ? { tabIndex: 0 } : {})}
      >
        <div key={shown?.id} className="tab-content">
          {shown?.content}
        </div>
      </div>
    </div>
  );
}

/** The row of tabs: arrows, Home and End go from one to another and show it. */
function TabList<Id extends string>({
  id,
  label,
  tabs,
  shown,
  onChange,
}: Pick<TabsProps<Id>, 'label' | 'tabs' | 'onChange'> & {
  /** Begins the ids of tabs and panel. */
  readonly id: string;
  readonly shown: Tab<Id> | undefined;
}) {
  const list = useRef<HTMLDivElement | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const tab = tabAfter(
      event,
      tabs,
      tabs.findIndex((candidate) => candidate === shown),
    );
    if (!tab) return;
    event.preventDefault();
    onChange(tab.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${tab.id}"]`)?.focus();
  };
  return (
    <div ref={list} className="tab-list" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${id}${tab.id}`}
          className="tab"
          data-tab={tab.id}
          aria-selected={tab === shown}
          tabIndex={tab === shown ? 0 : -1}
          {...(tab === shown ? { 'aria-controls': `${id}panel` } : {})}
          onClick={() => onChange(tab.id)}
        >
          {tab.title}
          {tab.count ? <span className="tab-count">{tab.count}</span> : null}
        </button>
      ))}
    </div>
  );
}
