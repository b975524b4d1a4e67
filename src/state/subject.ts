/** A subject: one message under test. */
export type SubjectOrigin = 'file' | 'pasted' | 'edited copy' | 'sample' | 'recipe product';

/** A message under test. It never changes: an edit makes another one. */
export interface Subject {
  readonly id: number;
  /** The octets as they arrived. */
  readonly octets: Uint8Array;
  readonly name: string;
  readonly origin: SubjectOrigin;
  /** The sample's id, where it is one. */
  readonly sample: string | null;
}
