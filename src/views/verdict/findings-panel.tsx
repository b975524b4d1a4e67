/** The findings, root causes first: the squiggles of the panes as a list. */
import { FINDINGS_LIST } from '../../content/page/verdict.ts';
import { CONFIDENCE } from '../../content/data-words.ts';
import { findingMessage, findingTitle } from '../../content/findings/index.ts';
import { Mark } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { severityMark } from '../marks.ts';
import { useNavigation, useRun, useSelection } from '../bench-context.tsx';

/** Every finding, to be selected. */
export function FindingsPanel() {
  const navigation = useNavigation();
  const trace = useRun((run) => run.trace);
  const selected = useSelection((selection) => selection.finding);
  if (!trace) return <p className="panel-empty">{FINDINGS_LIST.notJudgedYet}</p>;
  if (trace.findings.length === 0) return <p className="panel-empty">{FINDINGS_LIST.none}</p>;
  return (
    <ol className="findings scroll" onPointerLeave={() => navigation.hover(null)}>
      {trace.findings.map((finding) => (
        <li key={finding.id}>
          <button
            type="button"
            className={`finding${finding.id === selected ? ' is-selected' : ''}`}
            aria-pressed={finding.id === selected}
            data-code={finding.code}
            onClick={() => navigation.selectFinding(finding.id)}
            onPointerEnter={() => navigation.hover(finding.ranges[0] ?? null)}
          >
            <Mark kind={severityMark(finding.severity)} quiet={finding.severity !== 'error'} />
            <span className="finding-words">
              <b>
                <Untrusted text={findingTitle(finding)} limit={200} />
              </b>
              <span>
                <Untrusted text={findingMessage(finding)} limit={400} />
              </span>
            </span>
            <span className="finding-aside">
              <code>{finding.code}</code>
              <span>{CONFIDENCE[finding.confidence]}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
