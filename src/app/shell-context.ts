/** Gives what opens from the top bar the acts of the shell. */
import { createContext, useContext } from 'react';
import type { Shell } from './actions.ts';

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('no shell around this menu');
  return shell;
}
