/**
 * SAML 1.1 and 2.0 assertions as they stand: issuer, subject, confirmations, conditions, statements (SAML 1.1 Core §2;
 * SAML 2.0 Core §2; STP 1.1 §3).
 */
import { trimXml } from '../xml/characters.ts';
import { parseDateTime, utcText } from '../xml/date-time.ts';
import { DS, SAML1, SAML2 } from '../xml/namespaces.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  childElementsNamed,
  descendantElementsNamed,
  firstChildElement,
  isElement,
  localName,
  namespaceUri,
  nodeRange,
  textContent,
} from '../xml/navigate.ts';
import type { Clock } from './clock.ts';

/** How the sender shows that the assertion is about it (STP 1.1 §3.5). */
export type ConfirmationMethod = 'bearer' | 'holder-of-key' | 'sender-vouches' | 'other';

/** One saml:SubjectConfirmation; in SAML 1.1 one for each ConfirmationMethod. */
export interface SubjectConfirmation {
  readonly node: NodeIndex;
  readonly method: ConfirmationMethod;
  readonly uri: string;
  /** ds:KeyInfo elements of the key that the sender must prove to hold. */
  readonly keyInfos: readonly NodeIndex[];
  readonly notBefore: string | null;
  readonly notOnOrAfter: string | null;
  readonly recipient: string | null;
  readonly inResponseTo: string | null;
}

/** The assertion as it was read; texts as written. */
export interface SamlAssertion {
  readonly node: NodeIndex;
  readonly version: '1.1' | '1.0' | '2.0';
  readonly id: string | null;
  readonly issuer: string | null;
  readonly issueInstant: string | null;
  readonly subject: string | null;
  readonly confirmations: readonly SubjectConfirmation[];
  readonly conditions: NodeIndex | null;
  readonly notBefore: string | null;
  readonly notOnOrAfter: string | null;
  readonly audiences: readonly string[];
  readonly oneTimeUse: boolean;
  readonly statements: readonly string[];
  /** `name=value`, for the report; values of attribute statements. */
  readonly attributes: readonly string[];
  /** Its own enveloped ds:Signature, a child of the assertion. */
  readonly signature: NodeIndex | null;
  readonly problems: readonly FindingDraft[];
}

const MOST_ATTRIBUTES = 100;

function methodOf(uri: string): ConfirmationMethod {
  const last = uri.slice(uri.lastIndexOf(':') + 1);
  return last === 'bearer' || last === 'holder-of-key' || last === 'sender-vouches' ? last : 'other';
}

/** Whether an element is an assertion of either version. */
export function isAssertion(document: XmlDocument, node: NodeIndex): boolean {
  return isElement(document, node, SAML1, 'Assertion') || isElement(document, node, SAML2, 'Assertion');
}

function some(node: NodeIndex): NodeIndex | null {
  return node === NO_NODE ? null : node;
}

function textOrNull(document: XmlDocument, node: NodeIndex | null): string | null {
  return node === null ? null : trimXml(textContent(document, node));
}

function readConfirmations2(document: XmlDocument, subject: NodeIndex | null): SubjectConfirmation[] {
  if (subject === null) return [];
  return childElementsNamed(document, subject, SAML2, 'SubjectConfirmation').map((node) => {
    const uri = attributeValue(document, node, '', 'Method') ?? '';
    const data = some(firstChildElement(document, node, SAML2, 'SubjectConfirmationData'));
    const attribute = (name: string) => (data === null ? null : attributeValue(document, data, '', name));
    return {
      node,
      method: methodOf(uri),
      uri,
      keyInfos: data === null ? [] : childElementsNamed(document, data, DS, 'KeyInfo'),
      notBefore: attribute('NotBefore'),
      notOnOrAfter: attribute('NotOnOrAfter'),
      recipient: attribute('Recipient'),
      inResponseTo: attribute('InResponseTo'),
    };
  });
}

/** In SAML 1.1 each statement has its Subject; the same confirmation often stands in several. */
function readConfirmations1(document: XmlDocument, subjects: readonly NodeIndex[]): SubjectConfirmation[] {
  const out: SubjectConfirmation[] = [];
  for (const subject of subjects) {
    for (const node of childElementsNamed(document, subject, SAML1, 'SubjectConfirmation')) {
      for (const method of childElementsNamed(document, node, SAML1, 'ConfirmationMethod')) {
        const uri = trimXml(textContent(document, method));
        out.push({
          node,
          method: methodOf(uri),
          uri,
          keyInfos: childElementsNamed(document, node, DS, 'KeyInfo'),
          notBefore: null,
          notOnOrAfter: null,
          recipient: null,
          inResponseTo: null,
        });
      }
    }
  }
  return out;
}

function readAttributes(document: XmlDocument, node: NodeIndex, uri: string): string[] {
  const out: string[] = [];
  for (const attribute of descendantElementsNamed(document, node, uri, 'Attribute').slice(0, MOST_ATTRIBUTES)) {
    const name = attributeValue(document, attribute, '', uri === SAML2 ? 'Name' : 'AttributeName') ?? '';
    for (const value of childElementsNamed(document, attribute, uri, 'AttributeValue')) {
      out.push(`${name}=${textContent(document, value).slice(0, 200)}`);
    }
  }
  return out;
}

/** What the two versions write in other places. */
type VersionParts = Pick<SamlAssertion, 'version' | 'id' | 'issuer' | 'subject' | 'confirmations'>;

function readVersion1(document: XmlDocument, node: NodeIndex, statements: readonly NodeIndex[]): VersionParts {
  const subjects = statements.flatMap((statement) => childElementsNamed(document, statement, SAML1, 'Subject'));
  const [first] = subjects;
  const name = first === undefined ? null : some(firstChildElement(document, first, SAML1, 'NameIdentifier'));
  return {
    version: attributeValue(document, node, '', 'MinorVersion') === '0' ? '1.0' : '1.1',
    id: attributeValue(document, node, '', 'AssertionID'),
    issuer: attributeValue(document, node, '', 'Issuer'),
    subject: textOrNull(document, name),
    confirmations: readConfirmations1(document, subjects),
  };
}

function readVersion2(document: XmlDocument, node: NodeIndex): VersionParts {
  const subject = some(firstChildElement(document, node, SAML2, 'Subject'));
  const name = subject === null ? null : some(firstChildElement(document, subject, SAML2, 'NameID'));
  return {
    version: '2.0',
    id: attributeValue(document, node, '', 'ID'),
    issuer: textOrNull(document, some(firstChildElement(document, node, SAML2, 'Issuer'))),
    subject: textOrNull(document, name),
    confirmations: readConfirmations2(document, subject),
  };
}

/** Conditions as both versions have them; empty where there are none. */
function readConditions(
  document: XmlDocument,
  conditions: NodeIndex | null,
  uri: string,
): Pick<SamlAssertion, 'notBefore' | 'notOnOrAfter' | 'audiences' | 'oneTimeUse'> {
  if (conditions === null) return { notBefore: null, notOnOrAfter: null, audiences: [], oneTimeUse: false };
  const once = uri === SAML2 ? 'OneTimeUse' : 'DoNotCacheCondition';
  return {
    notBefore: attributeValue(document, conditions, '', 'NotBefore'),
    notOnOrAfter: attributeValue(document, conditions, '', 'NotOnOrAfter'),
    audiences: descendantElementsNamed(document, conditions, uri, 'Audience').map((one) =>
      trimXml(textContent(document, one)),
    ),
    oneTimeUse: firstChildElement(document, conditions, uri, once) !== NO_NODE,
  };
}

function assertionProblems(document: XmlDocument, assertion: Omit<SamlAssertion, 'problems'>): FindingDraft[] {
  const problems: FindingDraft[] = [];
  const { node, conditions, notBefore, notOnOrAfter, issueInstant } = assertion;
  if (assertion.id === null) {
    problems.push({
      code: 'saml-id-missing',
      severity: 'warning',
      ranges: [nodeRange(document, node)],
      data: { attribute: assertion.version === '2.0' ? 'ID' : 'AssertionID' },
    });
  }
  for (const [element, text] of Object.entries({
    NotBefore: notBefore,
    NotOnOrAfter: notOnOrAfter,
    IssueInstant: issueInstant,
  })) {
    if (text === null || parseDateTime(text) !== null) continue;
    problems.push({
      code: 'timestamp-malformed',
      severity: 'error',
      ranges: [nodeRange(document, conditions ?? node)],
      data: { reason: 'not-a-datetime', element, text: text.slice(0, 80) },
    });
  }
  return problems;
}

/** Reads a saml:Assertion or saml2:Assertion element. */
export function readSamlAssertion(document: XmlDocument, node: NodeIndex): SamlAssertion {
  const uri = namespaceUri(document, node);
  const conditions = some(firstChildElement(document, node, uri, 'Conditions'));
  const statements = childElements(document, node).filter(
    (child) => namespaceUri(document, child) === uri && localName(document, child).endsWith('Statement'),
  );
  const reading = {
    node,
    ...(uri === SAML2 ? readVersion2(document, node) : readVersion1(document, node, statements)),
    issueInstant: attributeValue(document, node, '', 'IssueInstant'),
    conditions,
    ...readConditions(document, conditions, uri),
    statements: statements.map((one) => localName(document, one)),
    attributes: readAttributes(document, node, uri),
    signature: some(firstChildElement(document, node, DS, 'Signature')),
  };
  return { ...reading, problems: assertionProblems(document, reading) };
}

/** Judges a validity interval, NotBefore inclusive and NotOnOrAfter exclusive, with the clock's skew on both sides. */
function judgeInterval(
  document: XmlDocument,
  node: NodeIndex,
  of: string,
  { notBefore, notOnOrAfter }: Pick<SubjectConfirmation, 'notBefore' | 'notOnOrAfter'>,
  clock: Clock,
): FindingDraft[] {
  const skew = clock.skewSeconds * 1000;
  const from = notBefore === null ? null : parseDateTime(notBefore);
  const until = notOnOrAfter === null ? null : parseDateTime(notOnOrAfter);
  const ranges = [nodeRange(document, node)];
  const at = utcText(clock.at);
  if (from && clock.at < from.time - skew) {
    return [
      {
        code: 'saml-conditions-expired',
        severity: 'error',
        ranges,
        data: { reason: 'not-yet-valid', of, notBefore, at, earlySeconds: (from.time - clock.at) / 1000 },
        fault: 'wsse:InvalidSecurityToken',
      },
    ];
  }
  if (until && clock.at >= until.time + skew) {
    return [
      {
        code: 'saml-conditions-expired',
        severity: 'error',
        ranges,
        data: { reason: 'over', of, notOnOrAfter, at, lateSeconds: (clock.at - until.time) / 1000 },
        fault: 'wsse:InvalidSecurityToken',
      },
    ];
  }
  return [];
}

/** Conditions of the assertion; freshness fails with any error among the findings. */
export function judgeConditions(document: XmlDocument, assertion: SamlAssertion, clock: Clock): FindingDraft[] {
  return assertion.conditions === null
    ? []
    : judgeInterval(document, assertion.conditions, 'Conditions', assertion, clock);
}

/** The interval of one confirmation's data (SAML 2.0 Core §2.4.1.2). */
export function judgeConfirmationInterval(
  document: XmlDocument,
  confirmation: SubjectConfirmation,
  clock: Clock,
): FindingDraft[] {
  return judgeInterval(document, confirmation.node, 'SubjectConfirmationData', confirmation, clock);
}

/** What a report says of it. */
export function samlAssertionData(assertion: SamlAssertion): Data {
  return {
    version: assertion.version,
    issuer: assertion.issuer,
    issueInstant: assertion.issueInstant,
    subject: assertion.subject,
    confirmationMethods: assertion.confirmations.map((one) => one.method),
    holderKeys: assertion.confirmations.reduce((sum, one) => sum + one.keyInfos.length, 0),
    notBefore: assertion.notBefore,
    notOnOrAfter: assertion.notOnOrAfter,
    audiences: assertion.audiences,
    oneTimeUse: assertion.oneTimeUse,
    statements: assertion.statements,
    attributes: assertion.attributes,
    signed: assertion.signature !== null,
  };
}
