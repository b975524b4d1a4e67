/**
 * The facts of a judged message: what is signed and encrypted, by whom and for whom, with which algorithms, in which
 * order and layout. Nothing is judged here: the judgement is put in the form in which a policy asks for it.
 */
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { namespaceUri } from '../xml/navigate.ts';
import { WSSE } from '../xml/namespaces.ts';
import { EncryptionFacts } from './facts/encryption-facts.ts';
import { elementFact, type FactsSource } from './facts/facts-source.ts';
import type { MessageFacts, PartFact, SuiteFact, TokenFact } from './facts/fact-types.ts';
import { TokenKeys } from './facts/key-facts.ts';
import { headerFacts } from './facts/layout-facts.ts';
import { commonOrder, signatureFacts, signersOf, signersOfAttachment } from './facts/signature-facts.ts';

export type { FactsSource } from './facts/facts-source.ts';
export type * from './facts/fact-types.ts';

/** Pure: the same judged message gives the same facts. */
export function messageFacts(source: FactsSource): MessageFacts {
  const tokens = new TokenKeys(source);
  const encryption = new EncryptionFacts(source, tokens);
  const signatures = signatureFacts(source, tokens, encryption);
  const { keys: encryptedKeys, data: encryptions } = encryption;
  const protection: Protection = { signatures, encryptedKeys, encryptions };
  return {
    soap: source.view.envelope?.version ?? null,
    headers: headerFacts(source, { ...protection, tokens }),
    tokens: tokenFacts(source, tokens, encryption, protection),
    ...protection,
    parts: partFacts(source, encryption),
    suite: suiteFact(source, protection),
    order: commonOrder(signatures.map((signature) => signature.order)),
  };
}

type Protection = Pick<MessageFacts, 'signatures' | 'encryptedKeys' | 'encryptions'>;

function tokenFacts(
  source: FactsSource,
  tokens: TokenKeys,
  encryption: EncryptionFacts,
  { signatures, encryptions, encryptedKeys }: Protection,
): readonly TokenFact[] {
  const { view } = source;
  const headers = view.headers?.headers ?? [];
  /** By signature and by encryption: the tokens that its key is of. */
  const signing = signatures.map(({ key }) => tokens.chainOf(key.token));
  const encrypting = encryptions.map(({ key, encryptedKey }) => {
    const carried = encryptedKey === null ? null : (encryptedKeys[encryptedKey]?.token ?? null);
    return tokens.chainOf(key.token ?? carried);
  });
  return source.tokens.map((token, index) => {
    const header = headers.findIndex((one) => one.node === token.header);
    const whose = (chains: readonly (readonly number[])[]) =>
      chains.flatMap((chain, at) => (chain.includes(index) ? [at] : []));
    return {
      kind: token.kind,
      element: elementFact(view, token.node),
      valueType: token.valueType,
      header: header < 0 ? null : header,
      data: token.data,
      derivedFrom: tokens.derivedFrom[index] ?? null,
      signedBy: signersOf(source, token.node),
      encryptedBy: encryption.holding(token.node),
      signs: whose(signing),
      encrypts: whose(encrypting),
    };
  });
}

function partFacts(source: FactsSource, encryption: EncryptionFacts): readonly PartFact[] {
  const { view, attachments } = source;
  const element = (role: 'Body' | 'header', node: number): PartFact => {
    const around = encryption.holding(node);
    const inside = encryption.ofContent(node);
    return {
      role,
      element: elementFact(view, node),
      attachment: null,
      signedBy: signersOf(source, node),
      encrypted: around.length > 0 ? 'element' : inside.length > 0 ? 'content' : 'no',
      encryptedBy: [...around, ...inside],
    };
  };
  const attachment = (name: string): PartFact => {
    const encryptedBy = encryption.ofAttachment(name);
    return {
      role: 'attachment',
      element: null,
      attachment: name,
      signedBy: signersOfAttachment(source, name),
      encrypted: encryptedBy.length > 0 ? 'element' : 'no',
      encryptedBy,
    };
  };
  const blocks = (view.envelope?.blocks ?? []).filter(
    ({ node, local }) => local !== 'Security' || namespaceUri(view.document, node) !== WSSE,
  );
  return [
    ...(view.envelope?.bodies ?? []).map((node) => element('Body', node)),
    ...blocks.map(({ node }) => element('header', node)),
    ...[...attachments.keys()].map(attachment),
  ];
}

const isCanonicalization = (uri: string): boolean => algorithmByUri(uri)?.kind === 'canonicalization';

const listOf = (uris: readonly string[]): readonly string[] => [...new Set(uris)].filter((uri) => uri !== '').sort();

function suiteFact({ tokens, view }: FactsSource, { signatures, encryptedKeys, encryptions }: Protection): SuiteFact {
  const references = signatures.flatMap((signature) => signature.references);
  const transforms = references.flatMap((reference) => reference.transforms);
  const carrying = encryptedKeys.map((key) => key.method);
  const isWrap = (uri: string) => algorithmByUri(uri)?.kind === 'key-wrap';
  return {
    canonicalization: listOf([
      ...signatures.map((signature) => signature.canonicalization),
      ...transforms.filter(isCanonicalization),
    ]),
    transforms: listOf(transforms.filter((uri) => !isCanonicalization(uri))),
    digest: listOf(references.map((reference) => reference.digestMethod)),
    signature: listOf(signatures.map((signature) => signature.method)),
    encryption: listOf(encryptions.map((encryption) => encryption.method)),
    keyTransport: listOf(carrying.filter((uri) => !isWrap(uri))),
    keyWrap: listOf(carrying.filter(isWrap)),
    // Without Algorithm, P_SHA-1 of the token's own version (WS-SecureConversation §7.1).
    keyDerivation: listOf(
      tokens
        .filter((token) => token.kind === 'DerivedKeyToken')
        .map((token) => token.valueType ?? `${namespaceUri(view.document, token.node)}/dk/p_sha1`),
    ),
  };
}
