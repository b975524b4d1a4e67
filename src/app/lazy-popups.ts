/**
 * Menus and dialogs: nothing of them is needed before somebody opens one. Brought in while the page is idle, so that
 * opening one waits for nothing.
 */
import { lazy } from 'react';

const load = {
  menus: () => import('./menus.tsx'),
  clock: () => import('./clock-popup.tsx'),
  receiverPopup: () => import('./receiver-popup.tsx'),
  palette: () => import('./command-palette.tsx'),
  paste: () => import('./paste-dialog.tsx'),
  shortcuts: () => import('./shortcuts-dialog.tsx'),
  receiver: () => import('./receiver-dialog.tsx'),
  key: () => import('./key-dialog.tsx'),
};

/** `SampleMenu`, when it is first opened. */
export const SampleMenu = lazy(async () => ({ default: (await load.menus()).SampleMenu }));
/** `OpenMenu`, when it is first opened. */
export const OpenMenu = lazy(async () => ({ default: (await load.menus()).OpenMenu }));
/** `ExportMenu`, when it is first opened. */
export const ExportMenu = lazy(async () => ({ default: (await load.menus()).ExportMenu }));
/** `MoreMenu`, when it is first opened. */
export const MoreMenu = lazy(async () => ({ default: (await load.menus()).MoreMenu }));
/** `ClockPopup`, when it is first opened. */
export const ClockPopup = lazy(async () => ({ default: (await load.clock()).ClockPopup }));
/** `ReceiverPopup`, when it is first opened. */
export const ReceiverPopup = lazy(async () => ({ default: (await load.receiverPopup()).ReceiverPopup }));
/** `CommandPalette`, when it is first opened. */
export const CommandPalette = lazy(async () => ({ default: (await load.palette()).CommandPalette }));
/** `PasteDialog`, when it is first opened. */
export const PasteDialog = lazy(async () => ({ default: (await load.paste()).PasteDialog }));
/** `ShortcutsDialog`, when it is first opened. */
export const ShortcutsDialog = lazy(async () => ({ default: (await load.shortcuts()).ShortcutsDialog }));
/** `ReceiverDialog`, when it is first opened. */
export const ReceiverDialog = lazy(async () => ({ default: (await load.receiver()).ReceiverDialog }));
/** `KeyDialog`, when it is first opened. */
export const KeyDialog = lazy(async () => ({ default: (await load.key()).KeyDialog }));

/** Brings every menu and dialog in; one promise for each. */
export function preloadPopups(): readonly Promise<unknown>[] {
  return Object.values(load).map((part) => part());
}
