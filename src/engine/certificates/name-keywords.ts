/** Attribute type keywords of distinguished names: RFC 4514 §3, and what Java, .NET and OpenSSL write instead. */

/** How one attribute type is written. Absent where the writer has no keyword for it. */
interface Keywords {
  readonly rfc4514?: string;
  readonly java?: string;
  readonly dotnet?: string;
  readonly openssl?: string;
  /** Further keywords that are read. */
  readonly also?: readonly string[];
}

/** Keywords of attribute types by object identifier: what each stack writes, and what is read besides. */
export const NAME_KEYWORDS: Readonly<Record<string, Keywords>> = {
  '2.5.4.3': { rfc4514: 'CN', java: 'CN', dotnet: 'CN', openssl: 'CN', also: ['commonName'] },
  '2.5.4.4': { java: 'SURNAME', dotnet: 'SN', openssl: 'SN', also: ['SURNAME'] },
  '2.5.4.5': { java: 'SERIALNUMBER', dotnet: 'SERIALNUMBER', openssl: 'serialNumber' },
  '2.5.4.6': { rfc4514: 'C', java: 'C', dotnet: 'C', openssl: 'C', also: ['countryName'] },
  '2.5.4.7': { rfc4514: 'L', java: 'L', dotnet: 'L', openssl: 'L', also: ['localityName'] },
  '2.5.4.8': { rfc4514: 'ST', java: 'ST', dotnet: 'S', openssl: 'ST', also: ['S', 'SP', 'stateOrProvinceName'] },
  '2.5.4.9': { rfc4514: 'STREET', java: 'STREET', dotnet: 'STREET', openssl: 'street', also: ['streetAddress'] },
  '2.5.4.10': { rfc4514: 'O', java: 'O', dotnet: 'O', openssl: 'O', also: ['organizationName'] },
  '2.5.4.11': { rfc4514: 'OU', java: 'OU', dotnet: 'OU', openssl: 'OU', also: ['organizationalUnitName'] },
  '2.5.4.12': { java: 'T', dotnet: 'T', openssl: 'title', also: ['TITLE'] },
  '2.5.4.13': { dotnet: 'Description', openssl: 'description' },
  '2.5.4.15': { openssl: 'businessCategory' },
  '2.5.4.17': { dotnet: 'PostalCode', openssl: 'postalCode' },
  '2.5.4.20': { dotnet: 'Phone', openssl: 'telephoneNumber' },
  '2.5.4.41': { openssl: 'name' },
  '2.5.4.42': { java: 'GIVENNAME', dotnet: 'G', openssl: 'GN', also: ['GIVENNAME', 'gn'] },
  '2.5.4.43': { java: 'INITIALS', dotnet: 'I', openssl: 'initials', also: ['INITIALS'] },
  '2.5.4.44': { java: 'GENERATION', openssl: 'generationQualifier', also: ['GENERATIONQUALIFIER'] },
  '2.5.4.46': { java: 'DNQUALIFIER', dotnet: 'dnQualifier', openssl: 'dnQualifier', also: ['DNQ'] },
  '2.5.4.65': { openssl: 'pseudonym' },
  '2.5.4.97': { openssl: 'organizationIdentifier', also: ['OI'] },
  '1.2.840.113549.1.9.1': { java: 'EMAILADDRESS', dotnet: 'E', openssl: 'emailAddress', also: ['EMAIL'] },
  '1.2.840.113549.1.9.2': { openssl: 'unstructuredName' },
  '1.2.840.113549.1.9.8': { openssl: 'unstructuredAddress' },
  '0.9.2342.19200300.100.1.1': {
    rfc4514: 'UID',
    java: 'UID',
    dotnet: 'OID.0.9.2342.19200300.100.1.1',
    openssl: 'UID',
    also: ['userId'],
  },
  '0.9.2342.19200300.100.1.3': { openssl: 'mail', also: ['rfc822Mailbox'] },
  '0.9.2342.19200300.100.1.25': { rfc4514: 'DC', java: 'DC', dotnet: 'DC', openssl: 'DC', also: ['domainComponent'] },
  '1.3.6.1.4.1.311.60.2.1.1': { openssl: 'jurisdictionL', also: ['jurisdictionLocalityName'] },
  '1.3.6.1.4.1.311.60.2.1.2': { openssl: 'jurisdictionST', also: ['jurisdictionStateOrProvinceName'] },
  '1.3.6.1.4.1.311.60.2.1.3': { openssl: 'jurisdictionC', also: ['jurisdictionCountryName'] },
};

const OID_BY_KEYWORD: ReadonlyMap<string, string> = new Map(
  Object.entries(NAME_KEYWORDS).flatMap(([oid, words]) =>
    [words.rfc4514, words.java, words.dotnet, words.openssl, ...(words.also ?? [])]
      .filter((word) => word !== undefined && !word.startsWith('OID.'))
      .map((word) => [String(word).toUpperCase(), oid] as const),
  ),
);

/** The dotted OID of a keyword (in any case), of `OID.1.2.3` or of `1.2.3`; null where it is none of these. */
export function attributeTypeOid(text: string): string | null {
  const dotted = /^(?:oid\.)?([0-2](?:\.(?:0|[1-9]\d{0,38})){1,32})$/i.exec(text);
  return dotted?.[1] ?? OID_BY_KEYWORD.get(text.toUpperCase()) ?? null;
}
