/** The public side of the keys and what else views see of the worker's answers. */
export type {
  CertificateSummary,
  KeyDescription,
  KeyFileDescription,
  KeyRing,
  OriginSlice,
  RunId,
  SecondOpinionView,
  Outline,
  OutlineNode,
} from '../worker/page/protocol.ts';
