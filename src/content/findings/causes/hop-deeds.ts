/** What a hop did to the message, undone. */
import type { CauseData } from '../../../engine/trace/finding-data/causes.ts';
import { said } from '../catalogue.ts';
import { runs, SIGNED_INFO, type Deeds } from './cause-words.ts';

const several = (data: CauseData): string =>
  Array.isArray(data.prefixes) && data.prefixes.length === 1 ? 'declaration' : 'declarations';

const into = (data: CauseData): string =>
  said(data.element) === '' || said(data.what) === SIGNED_INFO ? '' : ` at ${said(data.element)}`;

/** By the `how` of an edit. */
export const HOP_DEEDS: Deeds = {
  'white-space-removed': (data) =>
    `Without ${runs(data, 'run of white space between its elements', 'runs of white space between its elements')}`,
  'line-breaks-removed': (data) =>
    `Without ${runs(data, 'line break with its indentation', 'line breaks with their indentation')}`,
  'white-space-removed-in': (data) => `Without the white space between the elements inside ${said(data.element)}`,
  'indented-again': (data) =>
    data.indent === 'space'
      ? 'With one space between its elements'
      : 'With each element on a line of its own, indented by ' +
        `${said(data.indent) === 'tab' ? 'a tab' : said(data.indent) === '0' ? 'nothing' : `${said(data.indent)} spaces`}${data.crlf === true ? ', lines ended by CR and LF' : ''}`,
  'template-again': (data) =>
    `With line ends and ${said(data.columns)} spaces between its tags${data.crlf === true ? ', lines ended by CR and LF' : ''}`,
  'white-space-inserted': (data) => `With white space again after ${said(data.element, 'a tag')}`,
  'line-breaks-in-text-restored': (data) =>
    `With ${data.count === 1 ? 'a line break' : 'line breaks'} inside the text${into(data)}`,
  'reference-marks-restored': () => 'With & and ; put back around the names of character references',
  'reference-marks-dropped': () => 'With character references that lost their & and ;',
  'references-dropped': () => 'Without its character references',
  'declaration-moved-up': (data) => `With the prefix ${said(data.prefix)} declared further down again`,
  'declaration-moved-down': (data) => `With the prefix ${said(data.prefix)} declared at its top`,
  'declaration-copied-up': (data) => `With the prefix ${said(data.prefix)} declared only further down`,
  'listed-declaration-restored': (data) => `With the prefix ${said(data.prefix)} declared as ${said(data.uri)}`,
  'texts-trimmed': (data) =>
    `Without the white space around ${data.count === 1 ? `the text${into(data)}` : 'its texts'}`,
  'texts-collapsed': () => 'With each run of white space inside its texts as one space',
  'invisible-characters-removed': (data) => `Without ${runs(data, 'invisible character')} in its texts`,
  'trailing-space-restored': (data) => `With a space behind the text${into(data)}`,
  'leading-space-restored': (data) => `With a space before the text${into(data)}`,
  'line-break-restored': (data) => `With line breaks around the text${into(data)}`,
  'spaces-restored': () => 'With spaces around its texts',
  'carriage-returns-removed': () => 'Without the carriage returns (&#13;) in its texts',
  'carriage-returns-to-line-feeds': () => 'With line feeds in place of carriage returns',
  'carriage-returns-restored': () => 'With a carriage return (&#13;) before each line feed of its texts',
  'carriage-return-restored': () => 'With one carriage return (&#13;) put back into its text',
  normalised: (data) => `In Unicode normalization form ${said(data.form)}`,
  'inner-id-removed': (data) => `Without the Id of ${said(data.element)}`,
  'comments-removed': () => 'Without the comments',
  'processing-instructions-removed': (data) => `Without ${runs(data, 'processing instruction')}`,
  'escaped-once': () => 'With text escaped once instead of twice',
  'escaped-twice': () => 'With text escaped twice',
  'ampersand-escaped-twice': () => 'With each & escaped twice',
  'ampersand-dropped': () => 'Without the & of its texts',
  'escapes-dropped': () => 'Without the escaped characters of its texts',
  'ampersand-name-dropped': () => 'With & left unescaped',
  'letters-to-question-marks': () => 'With every letter outside the charset as a question mark',
  'letters-to-replacement-characters': () => 'With every letter outside ASCII as U+FFFD',
  'letter-restored': (data) => `With “${said(data.letter)}” in place of the question mark`,
  'id-removed': () => 'Without its Id attribute',
  'id-restored': (data) => `With the attribute ${said(data.name)} again`,
  'id-renamed': (data) => `With its Id attribute written ${said(data.name)} instead of ${said(data.now)}`,
  'soap-attribute-changed': (data) =>
    `With ${said(data.attribute)}="${said(data.signed)}" instead of "${said(data.now)}"`,
  'soap-attribute-removed': (data) => `Without ${said(data.attribute)}`,
  'soap-attribute-restored': (data) => `With ${said(data.attribute)}="${said(data.signed)}" again`,
  'schema-attributes-removed': (data) => `Without ${said(data.attribute, 'its xsi attributes')}`,
  'attribute-removed': (data) => `Without the attribute ${said(data.attribute)} of ${said(data.element)}`,
  'value-rewritten': (data) => `With “${said(data.signed)}” instead of “${said(data.now)}” in ${said(data.element)}`,
  'zero-fractions-removed': () => 'With times written without .000',
  'milliseconds-restored': () => 'With times written with .000',
  'fractions-shortened': () => 'With fractions of seconds without trailing zeros',
  'fractions-lengthened': () => 'With fractions of seconds in three digits',
  'zone-as-offset': () => 'With +00:00 in place of Z',
  'zone-as-z': () => 'With Z in place of +00:00',
  'trailing-zeros-removed': () => 'With decimals without trailing zeros',
  'two-decimals-restored': () => 'With decimals of two digits',
  'booleans-as-words': () => 'With true and false in place of 1 and 0',
  'booleans-as-digits': () => 'With 1 and 0 in place of true and false',
  'base64-lines': () => 'With its base64 broken into other lines',
  'prefix-renamed': (data) => `With the prefix ${said(data.signed)} instead of ${said(data.now)}`,
  'soap-namespace-swapped': (data) => `With the SOAP namespace ${said(data.signed)}`,
  'empty-default-removed': () => 'Without xmlns=""',
  'empty-default-added': (data) => `With xmlns="" on its unqualified elements${into(data)}`,
  'inherited-declarations-removed': (data) =>
    `Without the namespace ${several(data)} ${said(data.prefixes)}, which it inherits and does not use`,
  'declarations-lost': (data) => `Without the inherited namespace ${several(data)} ${said(data.prefixes)}`,
  'declaration-removed': (data) => `Without the namespace declaration ${said(data.prefix)} on ${said(data.element)}`,
  'repeated-where-used': () => 'With inherited declarations repeated wherever they are used',
  'repeated-on-children': () => 'With inherited declarations repeated on its children',
  'repeated-on-grandchildren': () => 'With inherited declarations repeated on its grandchildren',
  'repeated-everywhere': () => 'With inherited declarations repeated on every element',
  'attribute-line-feeds-restored': () => 'With line feeds or tabs (&#xA;, &#x9;) in place of spaces in attributes',
  'attribute-tabs-restored': () => 'With tabs (&#x9;) in place of spaces in attributes',
  'attribute-returns-restored': () => 'With CR LF in place of spaces in attributes',
  'attribute-references-to-spaces': () => 'With spaces in place of tabs and line ends in attributes',
  'attribute-references-dropped': () => 'Without tabs and line ends in attributes',
  'attribute-spaces-collapsed': () => 'With attribute values trimmed and collapsed',
  'attribute-references-raw': () => 'With tabs and line ends in attributes left unescaped',
};
