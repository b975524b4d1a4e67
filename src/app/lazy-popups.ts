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

export const SampleMenu = lazy(async () => ({ default: (await load.menus()).SampleMenu }));
export const OpenMenu = lazy(async () => ({ default: (await load.menus()).OpenMenu }));
export const ExportMenu = lazy(async () => ({ default: (await load.menus()).ExportMenu }));
export const MoreMenu = lazy(async () => ({ default: (await load.menus()).MoreMenu }));
export const ClockPopup = lazy(async () => ({ default: (await load.clock()).ClockPopup }));
export const ReceiverPopup = lazy(async () => ({ default: (await load.receiverPopup()).ReceiverPopup }));
export const CommandPalette = lazy(async () => ({ default: (await load.palette()).CommandPalette }));
export const PasteDialog = lazy(async () => ({ default: (await load.paste()).PasteDialog }));
export const ShortcutsDialog = lazy(async () => ({ default: (await load.shortcuts()).ShortcutsDialog }));
export const ReceiverDialog = lazy(async () => ({ default: (await load.receiver()).ReceiverDialog }));
export const KeyDialog = lazy(async () => ({ default: (await load.key()).KeyDialog }));

export function preloadPopups(): readonly Promise<unknown>[] {
  return Object.values(load).map((part) => part());
}
