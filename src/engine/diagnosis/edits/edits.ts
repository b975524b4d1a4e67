/** The edits that a search undoes, the frequent ones first (docs/faults.md). */
import {
  COMMENT_ADDED,
  CR_INSERTED,
  CR_LOST,
  AMPERSAND,
  ATTRIBUTE_WHITE_SPACE,
  PROCESSING_INSTRUCTION_INSERTED,
  REPLACED_BY_QUESTION_MARK,
  UNICODE_NORMALISED,
} from './edit-characters.ts';
import { ID_ADDED, ID_MANGLED, MUST_UNDERSTAND, SCHEMA_ADDED } from './edit-attributes.ts';
import { EMPTY_DEFAULT, SOAP_VERSION } from './edit-namespaces.ts';
import { PREFIX_REWRITTEN } from './edit-prefixes.ts';
import { LEXICAL } from './edit-values.ts';
import { PRETTY_PRINTED, STRIPPED_ON_PARSE, TRIMMED } from './edit-white-space.ts';
import type { EditHypothesis } from '../hypothesis.ts';

/** Each is tried on digests and on SignedInfo, alone and in pairs. */
export const EDITS: readonly EditHypothesis[] = [
  CR_INSERTED,
  PRETTY_PRINTED,
  PROCESSING_INSTRUCTION_INSERTED,
  COMMENT_ADDED,
  EMPTY_DEFAULT,
  SOAP_VERSION,
  ID_ADDED,
  UNICODE_NORMALISED,
  MUST_UNDERSTAND,
  SCHEMA_ADDED,
  AMPERSAND,
  CR_LOST,
  TRIMMED,
  ATTRIBUTE_WHITE_SPACE,
  LEXICAL,
  STRIPPED_ON_PARSE,
  PREFIX_REWRITTEN,
  ID_MANGLED,
  REPLACED_BY_QUESTION_MARK,
];

/** What happens to SignedInfo most, tried before anything that costs a verification a piece. */
export const FREQUENT_EDITS: readonly EditHypothesis[] = [CR_INSERTED, PRETTY_PRINTED];
