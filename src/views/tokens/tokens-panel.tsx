/** Tokens of the Security headers, decoded: what each says, and which certificates it holds. */
import { TOKENS } from '../../content/page/tokens.ts';
import { dataWords } from '../../content/data-words.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { TokenReport, Trace } from '../../engine/trace/trace.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNavigation, useRun } from '../bench-context.tsx';

/** A card for each token of the Security headers. */
export function TokensPanel() {
  const navigation = useNavigation();
  const trace = useRun((run) => run.trace);
  if (!trace) return <p className="panel-empty">{TOKENS.notJudgedYet}</p>;
  if (trace.tokens.length === 0) return <p className="panel-empty">{TOKENS.none}</p>;
  return (
    <ul className="cards scroll">
      {trace.tokens.map((token) => (
        <li
          key={`${token.range.space}:${token.range.start}`}
          className="card"
          onPointerEnter={() => navigation.hover(token.range)}
          onPointerLeave={() => navigation.hover(null)}
        >
          <button
            type="button"
            className="card-title"
            onClick={() => {
              if (token.step) navigation.selectStep(token.step);
              navigation.show({ range: token.range, by: 'tokens' });
            }}
          >
            <b>{token.kind}</b>
            {token.id ? (
              <code>
                <Untrusted text={token.id} limit={80} />
              </code>
            ) : null}
          </button>
          <TokenFacts trace={trace} token={token} />
        </li>
      ))}
    </ul>
  );
}

function TokenFacts({ trace, token }: { readonly trace: Trace; readonly token: TokenReport }) {
  return (
    <dl className="facts">
      {dataWords(token.data).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Untrusted text={value} limit={300} />
          </dd>
        </div>
      ))}
      {(token.certificates ?? []).map((id) => {
        const certificate = indexTrace(trace).certificate(id);
        return certificate ? (
          <div key={id}>
            <dt>{TOKENS.certificate}</dt>
            <dd>
              <Untrusted text={certificate.subject} limit={200} />
            </dd>
          </div>
        ) : null;
      })}
      <div>
        <dt>{TOKENS.at}</dt>
        <dd className="mono">
          <Untrusted text={token.path} limit={200} />
        </dd>
      </div>
    </dl>
  );
}
