/**
 * Saves octets or text as a file, on a click only; names are fixed by us, types are opaque (docs/limits.md, "Hostile
 * text").
 */
export function saveFile(name: string, content: Uint8Array | string): void {
  const part = typeof content === 'string' ? content : (content as Uint8Array<ArrayBuffer>);
  const url = URL.createObjectURL(new Blob([part], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
