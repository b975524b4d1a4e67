/** The key behind a signature, an encryption or an EncryptedKey, and the token that holds it. */
import type { Certificate } from '../../certificates/certificate.ts';
import { readKeyNaming, type FoundKey, type KeyNaming } from '../../key-resolution/key-naming.ts';
import { readDerivedKeyToken } from '../../tokens/derived-key-token.ts';
import type { NodeIndex } from '../../xml/document.ts';
import type { FactsSource } from './facts-source.ts';
import type { KeyFact } from './fact-types.ts';

/** Finds the tokens of a message that keys are named by. */
export class TokenKeys {
  readonly #source: FactsSource;
  readonly #byNode: ReadonlyMap<NodeIndex, number>;
  /** By token: the one that a DerivedKeyToken's key is derived from. */
  readonly derivedFrom: readonly (number | null)[];

  constructor(source: FactsSource) {
    this.#source = source;
    this.#byNode = new Map(source.tokens.map((token, index) => [token.node, index]));
    const { document } = source.view;
    this.derivedFrom = source.tokens.map((token) => {
      if (token.kind !== 'DerivedKeyToken') return null;
      const { reference } = readDerivedKeyToken(document, token.node);
      return reference === null ? null : this.#named(readKeyNaming(document, reference), null);
    });
  }

  /** Index of the token that is this element. */
  indexOf(node: NodeIndex | null): number | null {
    return node === null ? null : (this.#byNode.get(node) ?? null);
  }

  /** The token and those that its key is derived from. */
  chainOf(token: number | null): readonly number[] {
    const chain: number[] = [];
    for (let at = token; at !== null && !chain.includes(at); at = this.derivedFrom[at] ?? null) chain.push(at);
    return chain;
  }

  /** @param naming what the KeyInfo says. @param found the key that it led to, null where it led to none */
  fact(naming: KeyNaming, found: FoundKey | null): KeyFact {
    const certificate = found?.certificate ?? null;
    const token = this.#named(naming, certificate);
    const explicit = token !== null && this.#source.tokens[token]?.kind === 'DerivedKeyToken';
    return {
      form: naming.form,
      identifier: naming.identifier,
      how: found?.how ?? null,
      ...lengthOf(found),
      token,
      subject: certificate?.subjectText ?? null,
      certificate: certificate?.id ?? null,
      derived: explicit ? 'explicit' : naming.implied ? 'implied' : null,
    };
  }

  #named({ form, identifier, value }: KeyNaming, certificate: Certificate | null): number | null {
    const { tokens, view } = this.#source;
    if (form === 'direct' && value?.startsWith('#') === true) {
      return this.indexOf(view.ids.lookup(value.slice(1))[0]?.element ?? null);
    }
    const index = tokens.findIndex((token) => {
      if (form === 'direct') return token.kind === 'SecurityContextToken' && token.data['identifier'] === value;
      if (identifier === 'EncryptedKeySHA1') return token.data['encryptedKeySha1'] === value;
      if (identifier?.startsWith('SAML') === true) return token.id === value;
      return certificate !== null && token.certificates[0]?.id === certificate.id;
    });
    return index < 0 ? null : index;
  }
}

/** Kind, type and length of a key. */
function lengthOf(found: FoundKey | null): Pick<KeyFact, 'kind' | 'type' | 'bits'> {
  const publicKey = found?.publicKey ?? null;
  if (publicKey !== null) {
    return { kind: 'asymmetric', type: publicKey.kind, bits: 'bits' in publicKey ? publicKey.bits : null };
  }
  const bits = found?.secretBits ?? null;
  return { kind: bits === null ? null : 'symmetric', type: null, bits };
}
