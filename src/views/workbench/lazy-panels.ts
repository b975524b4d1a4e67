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

export const CertificatesPanel = lazy(async () => ({ default: (await load.certificates()).CertificatesPanel }));
export const DefectActions = lazy(async () => ({ default: (await load.defect()).DefectActions }));
export const EmptyState = lazy(async () => ({ default: (await load.empty()).EmptyState }));
export const ExplainPanel = lazy(async () => ({ default: (await load.explain()).ExplainPanel }));
export const FindingsPanel = lazy(async () => ({ default: (await load.findings()).FindingsPanel }));
export const OctetsPanel = lazy(async () => ({ default: (await load.octets()).OctetsPanel }));
export const OriginPanel = lazy(async () => ({ default: (await load.origin()).OriginPanel }));
export const ProofPanel = lazy(async () => ({ default: (await load.proof()).ProofPanel }));
export const TokensPanel = lazy(async () => ({ default: (await load.tokens()).TokensPanel }));

export function preloadPanels(): readonly Promise<unknown>[] {
  return Object.values(load).map((panel) => panel());
}
