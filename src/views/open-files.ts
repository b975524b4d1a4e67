/** Lets the user choose files; their octets are read as they are. */
export interface OpenedFile {
  readonly name: string;
  readonly octets: Uint8Array;
}

/** The octets of files that the browser gave. */
export async function readFiles(files: Iterable<File>): Promise<readonly OpenedFile[]> {
  return Promise.all(
    [...files].map(async (file) => ({ name: file.name, octets: new Uint8Array(await file.arrayBuffer()) })),
  );
}

/** The files that the user chooses; none where the choice is cancelled. */
export function openFiles(): Promise<readonly OpenedFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.hidden = true;
    input.addEventListener('change', () => {
      input.remove();
      void readFiles(input.files ?? []).then(resolve);
    });
    input.addEventListener('cancel', () => {
      input.remove();
      resolve([]);
    });
    // In the document: an element that nothing holds may be collected while its dialog is open, and its answer with it.
    document.body.append(input);
    input.click();
  });
}
