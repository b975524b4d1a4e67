/** Cases that no signature decides, with the reason why each is left out of the figures. */

const BREAKS_SAML =
  'breaks a rule of SAML, not the signature, which is sound (the corpus README asks to leave such cases out)';

/** By case id. */
export const LEFT_OUT = new Map([
  ['ruby-saml/test/responses/invalids/duplicated_attributes.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/empty_nameid.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/invalid_audience.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/invalid_issuer_assertion.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/invalid_signature_position.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/invalid_subjectconfirmation_noa.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/invalid_subjectconfirmation_recipient.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/no_issuer_assertion.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/no_issuer_response.xml.base64', BREAKS_SAML],
  ['ruby-saml/test/responses/invalids/wrong_spnamequalifier.xml.base64', BREAKS_SAML],
]);

/** Why a case cannot be decided with what the corpus holds, or null. */
export function reasonToLeaveOut(one, report) {
  const listed = LEFT_OUT.get(one.id);
  if (listed !== undefined) return listed;
  if (one.entry.expect.outcome !== 'valid') return null;
  // The octets that SignedInfo refers to are on the web or in another project's build.
  const missing = (report?.signatures ?? [])
    .flatMap((signature) => signature.references)
    .find(
      (reference) =>
        reference.digest === 'unknown' &&
        !(reference.uri ?? '').startsWith('#') &&
        reference.uri !== '' &&
        one.job.attachments[reference.uri] === undefined,
    );
  return missing === undefined
    ? null
    : `refers to octets that the corpus does not hold (${missing.uri ?? 'a reference without URI'})`;
}
