/** The stored layout: the only thing that outlives the tab. */
import { describe, expect, it } from 'vitest';
import { readLayout } from '../../src/state/layout.ts';

describe('stored layout', () => {
  it('takes nothing that is not expected', () => {
    expect(
      readLayout('{"theme":"pink","panels":{"rows":{"a":500,"b":"x","c":40}},"keys":["secret"],"__proto__":{"x":1}}'),
    ).toEqual({
      theme: 'system',
      panels: { rows: { c: 40 } },
      layOut: true,
      explain: false,
      traceFilter: 'all',
      octetView: 'both',
    });
    expect(readLayout('not json').theme).toBe('system');
  });
});
