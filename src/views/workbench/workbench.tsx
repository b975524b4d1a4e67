/**
 * The workbench: verdict on top, three panes of the message, trace left and evidence right; one column on narrow
 * screens.
 */
import { stepLine } from '../../content/steps.ts';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { LeftTab, NarrowTab, PaneName, RightTab } from '../../state/selection.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { PANE_CHOICE, TABS, WORKBENCH } from '../../content/page/workbench.ts';
import {
  useLayout,
  useLayoutStore,
  useNavigation,
  usePaneActions,
  useRun,
  useSelection,
  useStand,
  useSubject,
} from '../bench-context.tsx';
import { EditorBoundary } from '../message/editor-boundary.tsx';
import { MessagePane, PlainPane } from '../message/message-pane.tsx';
import {
  CertificatesPanel,
  EmptyState,
  ExplainPanel,
  FindingsPanel,
  OctetsPanel,
  OriginPanel,
  ProofPanel,
  TokensPanel,
} from './lazy-panels.ts';
import { StatusBar } from './status-bar.tsx';
import { TracePanel } from '../trace/trace-panel.tsx';
import { useProof } from '../explain/use-proof.ts';
import { VerdictBand } from '../verdict/verdict-band.tsx';

const KeysView = lazy(async () => ({ default: (await import('../keys/keys-view.tsx')).KeysView }));
const MessageEditor = lazy(() => import('../../editor/message-editor.tsx'));

/** Octets of the largest message that is put into editors; beyond, the built-in viewer keeps the page quick. */
const EDITOR_LIMIT = 4 * 1024 * 1024;

const PANES: readonly PaneName[] = ['original', 'secured', 'decoded'];
const PANE_OPTIONS = PANES.map((pane) => [pane, PANE_CHOICE.options[pane]] as const);
const STEP_FILTERS = (['all', 'failed'] as const).map((filter) => [filter, WORKBENCH.stepFilter[filter]] as const);

/** The editor once a first verdict stands; until then, and wherever it cannot be loaded, the built-in viewer. */
function Pane({ pane, editors }: { readonly pane: PaneName; readonly editors: boolean }) {
  const stand = useStand();
  const layout = useLayoutStore();
  const actions = usePaneActions();
  const hadFocus = useRef(false);
  const onLeave = useCallback(() => {
    hadFocus.current = true;
  }, []);
  const plain = <PlainPane pane={pane} onLeave={onLeave} />;
  /** The editor takes the place of the viewer: who was in the one is in the other. */
  const takeFocus = (frame: HTMLDivElement | null) => {
    if (!frame || !hadFocus.current) return;
    hadFocus.current = false;
    frame.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  return (
    <MessagePane pane={pane}>
      {editors ? (
        <EditorBoundary fallback={plain}>
          <Suspense fallback={plain}>
            <div ref={takeFocus} className="editor-frame">
              <MessageEditor pane={pane} stand={stand} layout={layout} actions={actions} />
            </div>
          </Suspense>
        </EditorBoundary>
      ) : (
        plain
      )}
    </MessagePane>
  );
}

/** What the workbench asks of the shell around it. */
export interface WorkbenchViewProps {
  readonly narrow: boolean;
  /** Editors are wanted: a fine pointer and room for them. */
  readonly editors: boolean;
  readonly onPaste: () => void;
  readonly onAddKey: () => void;
  /** Shows the key files, where anchors are marked. */
  readonly onTrust: () => void;
  readonly onSample: (id: string) => void;
  readonly samples: readonly { readonly id: string; readonly title: string; readonly line: string }[];
  readonly onOpen: () => void;
}

/** Verdict, panes, trace and evidence, side by side or one at a time. */
export function WorkbenchView(props: WorkbenchViewProps) {
  const hasMessage = useSubject((subject) => subject !== null);
  const judgedOnce = useRun((run) => run.serial > 0);
  const small = useSubject((subject) => (subject?.octets.length ?? 0) <= EDITOR_LIMIT);
  const editors = props.editors && judgedOnce && small;
  return (
    <>
      <VerdictBand
        onAddKey={props.onAddKey}
        onTrust={props.onTrust}
        onSample={props.onSample}
        failing={props.samples.find((sample) => sample.id === 'reindented')}
      />
      <main className="stage-area">
        {!hasMessage ? (
          <Suspense fallback={null}>
            <EmptyState
              samples={props.samples}
              onSample={props.onSample}
              onPaste={props.onPaste}
              onOpen={props.onOpen}
            />
          </Suspense>
        ) : props.narrow ? (
          <Narrow editors={editors} />
        ) : (
          <Wide editors={editors} />
        )}
      </main>
      <StatusBar />
    </>
  );
}

function Wide({ editors }: { readonly editors: boolean }) {
  return (
    <Sizes id="rows" orientation="vertical" panels={['panes', 'evidence']} initial={[54, 46]}>
      {[
        <Sizes key="panes" id="panes" orientation="horizontal" panels={PANES} initial={[36, 33, 31]}>
          {PANES.map((pane) => (
            <Pane key={pane} pane={pane} editors={editors} />
          ))}
        </Sizes>,
        <Sizes key="evidence" id="evidence" orientation="horizontal" panels={['left', 'right']} initial={[46, 54]}>
          {[<LeftPanel key="left" />, <RightPanel key="right" />]}
        </Sizes>,
      ]}
    </Sizes>
  );
}

function Sizes({
  id,
  orientation,
  panels,
  initial,
  children,
}: {
  readonly id: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly panels: readonly string[];
  readonly initial: readonly number[];
  readonly children: readonly React.ReactNode[];
}) {
  const store = useLayoutStore();
  const [stored] = useState(() => store.getState().panels[id]);
  const fallback = Object.fromEntries(panels.map((panel, index) => [panel, initial[index] ?? 100 / panels.length]));
  const layout = stored && panels.every((panel) => stored[panel] !== undefined) ? stored : fallback;
  return (
    <Group
      id={id}
      orientation={orientation}
      defaultLayout={layout}
      className="group"
      onLayoutChanged={(sizes) => store.setState((state) => ({ panels: { ...state.panels, [id]: sizes } }))}
    >
      {panels.flatMap((panel, index) => [
        ...(index > 0
          ? [
              <Separator
                key={`${panel}-edge`}
                className={`edge edge-${orientation}`}
                aria-label={WORKBENCH.resize(panels[index - 1] ?? '', panel)}
              />,
            ]
          : []),
        <Panel key={panel} id={panel} minSize="12%" className="panel-box">
          {children[index]}
        </Panel>,
      ])}
    </Group>
  );
}

function LeftPanel() {
  const navigation = useNavigation();
  const tab = useSelection((selection) => selection.leftTab);
  const findings = useRun((run) => run.trace?.findings.length ?? 0);
  return (
    <section className="pane" aria-label={WORKBENCH.left} data-pane="left" tabIndex={-1}>
      <Tabs<LeftTab>
        label={WORKBENCH.left}
        value={tab}
        onChange={(leftTab) => navigation.show({ leftTab })}
        tabs={[
          { id: 'trace', title: TABS.trace, content: <TracePanel /> },
          {
            id: 'findings',
            title: TABS.findings,
            count: findings,
            content: (
              <Suspense fallback={null}>
                <FindingsPanel />
              </Suspense>
            ),
          },
          {
            id: 'tokens',
            title: TABS.tokens,
            content: (
              <Suspense fallback={null}>
                <TokensPanel />
              </Suspense>
            ),
          },
          {
            id: 'certificates',
            title: TABS.certificates,
            content: (
              <Suspense fallback={null}>
                <CertificatesPanel />
              </Suspense>
            ),
          },
        ]}
        aside={tab === 'trace' ? <TraceTools /> : null}
      />
    </section>
  );
}

function TraceTools() {
  const layout = useLayoutStore();
  const filter = useLayout((layout) => layout.traceFilter);
  const steps = useRun((run) => run.trace?.steps.length ?? 0);
  const elapsed = useRun((run) => run.elapsed);
  return (
    <>
      <span className="muted tools-text">{WORKBENCH.run(steps, elapsed)}</span>
      <Segmented
        label={WORKBENCH.stepsShown}
        value={filter}
        options={STEP_FILTERS}
        onChange={(traceFilter) => layout.setState({ traceFilter })}
      />
    </>
  );
}

/** There is nothing to show before a first verdict: what shows it comes behind it. */
function AfterVerdict({ children }: { readonly children: React.ReactNode }) {
  const judgedOnce = useRun((run) => run.serial > 0);
  return judgedOnce ? <Suspense fallback={null}>{children}</Suspense> : null;
}

const PROOF_TAB: Tab<RightTab> = {
  id: 'proof',
  title: TABS.proof,
  content: (
    <Suspense fallback={null}>
      <ProofPanel />
    </Suspense>
  ),
};

const EVIDENCE_TABS: readonly Tab<RightTab>[] = [
  {
    id: 'octets',
    title: TABS.octets,
    content: (
      <AfterVerdict>
        <OctetsPanel />
      </AfterVerdict>
    ),
  },
  {
    id: 'origin',
    title: TABS.origin,
    content: (
      <Suspense fallback={null}>
        <OriginPanel />
      </Suspense>
    ),
  },
  {
    id: 'explain',
    title: TABS.explain,
    content: (
      <Suspense fallback={null}>
        <ExplainPanel />
      </Suspense>
    ),
  },
];

function RightPanel() {
  const navigation = useNavigation();
  const tab = useSelection((selection) => selection.rightTab);
  const trace = useRun((run) => run.trace);
  const stepId = useSelection((selection) => selection.step);
  const step = trace && indexTrace(trace).step(stepId);
  const words = trace && step ? stepLine(trace, step) : null;
  const proof = useProof();
  return (
    <section className="pane" aria-label={WORKBENCH.right} data-pane="right" tabIndex={-1}>
      <Tabs<RightTab>
        label={WORKBENCH.right}
        value={tab === 'proof' && !proof ? 'explain' : tab}
        onChange={(rightTab) => navigation.show({ rightTab })}
        tabs={proof ? [PROOF_TAB, ...EVIDENCE_TABS] : EVIDENCE_TABS}
        aside={
          words ? (
            <span className="muted tools-text">
              {words.title} {words.code.slice(0, 40)}
            </span>
          ) : null
        }
      />
    </section>
  );
}

function Narrow({ editors }: { readonly editors: boolean }) {
  const navigation = useNavigation();
  const tab = useSelection((selection) => selection.narrowTab);
  const [pane, setPane] = useState<PaneName>('original');
  const message = (
    <div className="narrow-message">
      <Segmented
        className="pane-choice"
        label={PANE_CHOICE.label}
        value={pane}
        options={PANE_OPTIONS}
        onChange={setPane}
      />
      <Pane key={pane} pane={pane} editors={editors} />
    </div>
  );
  return (
    <section className="pane" aria-label={WORKBENCH.label}>
      <Tabs<NarrowTab>
        label={WORKBENCH.label}
        value={tab}
        onChange={(narrowTab) => navigation.show({ narrowTab })}
        tabs={[
          { id: 'message', title: TABS.message, content: message },
          { id: 'trace', title: TABS.trace, content: <LeftPanel /> },
          { id: 'octets', title: TABS.octets, content: <RightPanel /> },
          {
            id: 'keys',
            title: TABS.keys,
            content: (
              <Suspense fallback={null}>
                <KeysView />
              </Suspense>
            ),
          },
        ]}
        aside={null}
      />
    </section>
  );
}
