/** What is wrong with a key file, by code: told where keys are given, never a finding of a message. */

export interface KeyFileProblemData {
  /** The entry of a key store that it is about. */
  readonly alias?: string | null;
  /** The part of the file, the cipher or the kind of key. */
  readonly what?: string;
}

/** Data of problems with key files, by code. */
export interface KeyFileFindings {
  readonly 'key-password-needed': KeyFileProblemData;
  readonly 'key-password-wrong': KeyFileProblemData;
  readonly 'key-file-damaged': KeyFileProblemData;
  readonly 'key-cipher-unknown': KeyFileProblemData;
  readonly 'key-format-unknown': KeyFileProblemData;
  readonly 'key-algorithm-unknown': KeyFileProblemData;
  readonly 'key-limit': KeyFileProblemData & { readonly bound?: string; readonly limit?: number };
}
