/** Shown when the page itself breaks: our bug, said so, with the message kept and a report to copy. */
import { PAGE_BROKEN } from '../content/page/shell.ts';
import { Component, type ReactNode } from 'react';
import { currentStand, type Bench } from '../state/bench.ts';
import { saveFile } from '../views/save.ts';

interface Props {
  readonly bench: Bench;
  readonly children: ReactNode;
}

/** Draws the page below it, or that it broke. */
export class ErrorScreen extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const message = currentStand(this.props.bench).message.getState().subject;
    return (
      <main className="error-screen" role="alert">
        <h1>{PAGE_BROKEN.title}</h1>
        <p>{PAGE_BROKEN.text}</p>
        <pre>
          {error.name}: {error.message}
        </pre>
        <div className="row">
          <button type="button" className="control primary" onClick={() => this.setState({ error: null })}>
            {PAGE_BROKEN.again}
          </button>
          <button
            type="button"
            className="control"
            onClick={() => void navigator.clipboard.writeText(`${error.name}: ${error.message}\n${error.stack ?? ''}`)}
          >
            {PAGE_BROKEN.copy}
          </button>
          {message ? (
            <button type="button" className="control" onClick={() => saveFile('message.xml', message.octets)}>
              {PAGE_BROKEN.save}
            </button>
          ) : null}
        </div>
      </main>
    );
  }
}
