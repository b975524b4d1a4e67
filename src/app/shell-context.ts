/** Gives what opens from the top bar the acts of the shell. */
import { createContext, useContext } from 'react';
import type { Shell } from './actions.ts';

/** The shell around a menu. */
export const ShellContext = createContext<Shell | null>(null);

/** The acts of the shell; there is one around every menu. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('no shell around this menu');
  return shell;
}
