/** How much longer things take where more wants to run than there are processors: 1 on a quiet machine. */
import { availableParallelism, loadavg } from 'node:os';

export function stretch(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}
