/** Words for the SOAP envelope and its Security headers. */
import type { TokenFindings } from '../../../engine/trace/finding-data/tokens.ts';
import { fixedWords, said, type FindingCatalogue } from '../catalogue.ts';

/** By code, each with the data that its code carries. */
export const ENVELOPE_FINDINGS = {
  'soap-namespace-wrong': {
    title: (data) => `${said(data.element)} is in no SOAP namespace`,
    message: (data) =>
      `Its namespace is "${said(data.namespace, '(none)')}", where "${said(data.expected)}" was meant. A ` +
      'receiver answers with VersionMismatch or does not see a SOAP message at all; the sender must write the ' +
      'namespace exactly.',
  },
  'soap-body-missing': fixedWords(
    'The envelope has no Body',
    'Every SOAP envelope must have exactly one Body. There is nothing here that an application could consume.',
  ),
  'soap-several-headers': {
    title: () => 'The envelope has more than one Header',
    message: (data) =>
      `There are ${said(data.count)} Header elements where one is allowed. Programs differ in which they ` +
      'read, so a Security header may be checked in one and missed in another.',
  },
  'soap-header-after-body': fixedWords(
    'The Header stands after the Body',
    'SOAP asks for the Header first. Some receivers ignore a Header that comes later, and with it the Security header.',
  ),
  'soap-attribute-namespace': {
    title: (data) => `${said(data.attribute)} is not in the envelope's namespace`,
    message: (data) =>
      `On ${said(data.block)} it is ` +
      `${said(data.namespace) === '' ? 'in no namespace' : `in "${said(data.namespace)}"`}, so it means ` +
      `nothing: it must be in "${said(data.expected)}".`,
  },
  'mustunderstand-not-boolean': {
    title: () => 'mustUnderstand is not a boolean',
    message: (data) => `The value "${said(data.value)}" on ${said(data.block)} is not 0, 1, true or false.`,
  },
  'wsa-mismatch': fixedWords(
    'Two versions of WS-Addressing in one message',
    'Headers of 2004/08 and of 2005/08 stand side by side. A receiver reads one of them and misses what is said ' +
      'in the other.',
  ),
  'wsa-duplicate-header': {
    title: (data) => `wsa:${said(data.header)} stands ${said(data.count)} times`,
    message: () =>
      'WS-Addressing allows one. Which of them a receiver follows, and which of them is signed, may differ.',
  },
  'XSW-14': {
    title: (data) =>
      data.actor === null
        ? 'Several Security headers for the same recipient'
        : `Several Security headers for ${said(data.actor)}`,
    message: (data) =>
      `There are ${said(data.count)} of them where one is allowed. A program that verifies one and reads ` +
      'tokens from another can be tricked, so the message is refused.',
  },
  R3206: {
    title: () => 'More than one Security header without actor',
    message: () => 'Basic Security Profile R3206 allows at most one Security header without an actor.',
  },
  R3210: {
    title: () => 'Two Security headers with the same actor',
    message: (data) =>
      `Basic Security Profile R3210: no two Security headers may name the actor "${said(data.actor)}".`,
  },
  'actor-role-mismatch': {
    title: () => 'The Security header is for another receiver',
    message: (data) =>
      data.taken === true
        ? `It names the actor "${said(data.actors)}". No actor was set for us, so this only header was read ` +
          `all the same; a receiver that is not that actor ignores it. Set the receiver's actor if it is ours.`
        : `No Security header is for ${said(data.wanted, 'a receiver without actor')}; those here name ` +
          `"${said(data.actors)}". Sender and receiver must agree on the actor.`,
    fixes: {
      WSS4J: 'Set the same `actor` on both sides.',
      'Any receiver': 'Give its actor with --receiver-actor, or in the settings.',
    },
  },
  'security-header-missing': {
    title: (data) => `There is no Security header, but a ${said(data.element)}`,
    message: (data) =>
      `"${said(data.element)}" of the WS-Security namespace is a header block of its own. Receivers process ` +
      'wsse:Security and nothing else, so they see no security in this message: the sender must write ' +
      'wsse:Security there, with tokens and signatures as its children.',
  },
  'signature-not-in-ds-namespace': {
    title: (data) => `${said(data.element)} is in the wrong namespace`,
    message: (data) =>
      `It is in "${said(data.namespace, 'no namespace')}" (${said(data.meant)}), where receivers of today ` +
      `look for "${said(data.expected)}". They do not see it at all; the sender must write that namespace.`,
  },
} satisfies Partial<FindingCatalogue<TokenFindings>>;
