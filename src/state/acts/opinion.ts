/** The second opinion: selected like a step, and asked for once a run. */
import { currentStand, type Bench } from '../bench.ts';
import { SECOND_OPINION } from '../selection.ts';

/** Selects the second opinion, and asks for it where that was not done since the last run. */
export async function askOpinion(bench: Bench): Promise<void> {
  const stand = currentStand(bench);
  const { handle, opinions } = stand.run.getState();
  stand.selection.setState({ step: SECOND_OPINION, finding: null, by: 'trace', rightTab: 'explain' });
  if (handle === null || opinions !== 'unasked') return;
  stand.run.setState({ opinions: 'asking' });
  const outcome = await bench.ports.client.ask('secondOpinion', { run: handle }, { lane: `opinion:${stand.id}` });
  if (stand.run.getState().handle !== handle) return;
  stand.run.setState({
    opinions: outcome.type === 'done' ? outcome.value : outcome.type === 'cancelled' ? 'unasked' : null,
  });
}
