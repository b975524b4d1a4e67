/** Panels that the first verdict does not need; brought in while the page is idle. */
import { lazy } from 'react';

const load = {
  certificates: () => import('../tokens/certificates-panel.tsx'),
  defect: () => import('./defect.tsx'),
  empty: () => import('./empty-state.tsx'),
  explain: () => import('../explain/explain-panel.tsx'),
  findings: () => import('../verdict/findings-panel.tsx'),
  octets: () => import('../octets/octets-panel.tsx'),
  origin: () => import('../octets/origin-panel.tsx'),
  proof: () => import('../explain/proof-panel.tsx'),
  tokens: () => import('../tokens/tokens-panel.tsx'),
};

/** `CertificatesPanel`, when it is first shown. */
export const CertificatesPanel = lazy(async () => ({ default: (await load.certificates()).CertificatesPanel }));
/** `DefectActions`, when it is first shown. */
export const DefectActions = lazy(async () => ({ default: (await load.defect()).DefectActions }));
/** `EmptyState`, when it is first shown. */
export const EmptyState = lazy(async () => ({ default: (await load.empty()).EmptyState }));
/** `ExplainPanel`, when it is first shown. */
export const ExplainPanel = lazy(async () => ({ default: (await load.explain()).ExplainPanel }));
/** `FindingsPanel`, when it is first shown. */
export const FindingsPanel = lazy(async () => ({ default: (await load.findings()).FindingsPanel }));
/** `OctetsPanel`, when it is first shown. */
export const OctetsPanel = lazy(async () => ({ default: (await load.octets()).OctetsPanel }));
/** `OriginPanel`, when it is first shown. */
export const OriginPanel = lazy(async () => ({ default: (await load.origin()).OriginPanel }));
/** `ProofPanel`, when it is first shown. */
export const ProofPanel = lazy(async () => ({ default: (await load.proof()).ProofPanel }));
/** `TokensPanel`, when it is first shown. */
export const TokensPanel = lazy(async () => ({ default: (await load.tokens()).TokensPanel }));

/** Brings every panel in; one promise for each. */
export function preloadPanels(): readonly Promise<unknown>[] {
  return Object.values(load).map((panel) => panel());
}
