/** Lets the user choose files; their octets are read as they are. */
export interface OpenedFile {
  readonly name: string;
  readonly octets: Uint8Array;
}

export async function readFiles(files: Iterable<File>): Promise<readonly OpenedFile[]> {
  return Promise.all([...files].map(async (file) => ({ name: file.name, octets: new Uint8Array(await file.arrayBuffer()) })));
}

export function openFiles(): Promise<readonly OpenedFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => void readFiles(input.files ?? []).then(resolve));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
