/** Files of a container of signatures (ETSI EN 319 162-1 §4.3, §4.4). */

/** Whether a file is one that signatures are made for, and not the container's own. */
export function isSignedFile(name: string): boolean {
  return name !== 'mimetype' && !name.startsWith('META-INF/');
}
