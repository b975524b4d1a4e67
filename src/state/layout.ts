/**
 * The layout: theme, panel sizes and small preferences; the only slice that outlives the tab. Never keys, never
 * messages.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** The theme that is wished. */
export type Theme = 'system' | 'light' | 'dark';

/** How the page is laid out. */
export interface LayoutState {
  readonly theme: Theme;
  /** Percentages by panel id, by group. */
  readonly panels: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Lay long lines out at their tags, for the eye only. */
  readonly layOut: boolean;
  readonly explain: boolean;
  readonly traceFilter: 'all' | 'failed';
  readonly octetView: 'hex' | 'text' | 'both';
}

/** The store of the layout. */
export type LayoutStore = StoreApi<LayoutState>;

const DEFAULT_LAYOUT: LayoutState = {
  theme: 'system',
  panels: {},
  layOut: true,
  explain: false,
  traceFilter: 'all',
  octetView: 'both',
};

const STORAGE_KEY = 'wss-workbench.layout.1';

/** What of Web Storage is needed; null where the browser denies it. */
export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'> | null;

function pick<T>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.includes(value as T) ? (value as T) : fallback;
}

/** Reads a stored layout; anything unexpected falls back member by member. */
export function readLayout(text: string | null): LayoutState {
  let raw: Record<string, unknown> = {};
  try {
    const parsed: unknown = text === null ? {} : JSON.parse(text);
    if (parsed && typeof parsed === 'object') raw = parsed as Record<string, unknown>;
  } catch {
    return DEFAULT_LAYOUT;
  }
  const panels: Record<string, Record<string, number>> = {};
  if (raw['panels'] && typeof raw['panels'] === 'object') {
    for (const [group, sizes] of Object.entries(raw['panels'])) {
      if (!sizes || typeof sizes !== 'object') continue;
      const entries = Object.entries(sizes as Record<string, unknown>).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0 && entry[1] <= 100,
      );
      if (entries.length > 0) panels[group] = Object.fromEntries(entries);
    }
  }
  return {
    theme: pick(raw['theme'], ['system', 'light', 'dark'], DEFAULT_LAYOUT.theme),
    panels,
    layOut: raw['layOut'] !== false,
    explain: raw['explain'] === true,
    traceFilter: pick(raw['traceFilter'], ['all', 'failed'], DEFAULT_LAYOUT.traceFilter),
    octetView: pick(raw['octetView'], ['hex', 'text', 'both'], DEFAULT_LAYOUT.octetView),
  };
}

/** A store that begins with what `storage` remembers, and writes every change there. */
export function createLayoutStore(storage: Storage = null): LayoutStore {
  const store = createStore<LayoutState>(() => readLayout(storage?.getItem(STORAGE_KEY) ?? null));
  if (storage) {
    store.subscribe((state) => {
      try {
        storage.setItem(STORAGE_KEY, JSON.stringify(state));
      } catch {
        // A full or denied storage costs a remembered panel size, nothing more.
      }
    });
  }
  return store;
}
