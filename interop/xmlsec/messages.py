"""Documents encrypted by xmlsec 1.3 (PyPI package xmlsec, which brings the library): what the xmlsec1 of Debian cannot.

Run as: python interop/xmlsec/messages.py FOLDER, with lxml and xmlsec installed and openssl on the path.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
from base64 import b64encode

import xmlsec
from lxml import etree

XENC = 'http://www.w3.org/2001/04/xmlenc#'
XENC11 = 'http://www.w3.org/2009/xmlenc11#'
DS = 'http://www.w3.org/2000/09/xmldsig#'
MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#'
PLAIN = b'<order xmlns="urn:example:orders"><item>4711</item></order>'
SALT = b64encode(b'a salt of the interop run').decode()

CONCAT = f'<x11:KeyDerivationMethod Algorithm="{XENC11}ConcatKDF"><x11:ConcatKDFParams AlgorithmID="00010203" PartyUInfo="000a" PartyVInfo="000b"><ds:DigestMethod Algorithm="{XENC}sha256"/></x11:ConcatKDFParams></x11:KeyDerivationMethod>'
PBKDF2 = f'<x11:KeyDerivationMethod Algorithm="{XENC11}pbkdf2"><x11:PBKDF2-params><x11:Salt><x11:Specified>{SALT}</x11:Specified></x11:Salt><x11:IterationCount>1200</x11:IterationCount><x11:KeyLength>16</x11:KeyLength><x11:PRF Algorithm="{MORE01}hmac-sha256"/></x11:PBKDF2-params></x11:KeyDerivationMethod>'


def openssl(*arguments):
    return subprocess.run(['openssl', *arguments], check=True, capture_output=True).stdout


def integers(der):
    """The INTEGERs of a SubjectPublicKeyInfo in their order, P, G and Q of X9.42 and the public value, as CryptoBinary."""
    found = []
    pending = [der]
    while pending:
        rest = pending.pop()
        inner = []
        while rest:
            length, start = rest[1], 2
            if length & 0x80:
                start += length & 0x7f
                length = int.from_bytes(rest[2:start], 'big')
            content = rest[start:start + length]
            if rest[0] == 0x30:
                inner.append(content)
            elif rest[0] == 0x03:
                inner.append(content[1:])
            elif rest[0] == 0x02:
                found.append(b64encode(content.lstrip(b'\0')).decode())
            rest = rest[start + length:]
        pending.extend(reversed(inner))
    return found[:3] + found[-1:]


def main(folder):
    folder = pathlib.Path(folder)
    parameters = folder / 'group.tmp'
    originator = folder / 'originator.tmp'
    recipient = folder / 'recipient-xmlsec.key.pem'
    openssl('genpkey', '-genparam', '-algorithm', 'DHX', '-pkeyopt', 'dh_rfc5114:3', '-out', str(parameters))
    for key in (originator, recipient):
        openssl('genpkey', '-paramfile', str(parameters), '-out', str(key))
    public = openssl('pkey', '-in', str(recipient), '-pubout')
    p, g, q, y = integers(openssl('pkey', '-in', str(originator), '-pubout', '-outform', 'DER'))
    value = f'<xenc:DHKeyValue><xenc:P>{p}</xenc:P><xenc:Q>{q}</xenc:Q><xenc:Generator>{g}</xenc:Generator><xenc:Public>{y}</xenc:Public></xenc:DHKeyValue>'
    entries = []
    for name, derivation, wrap in (('concat', CONCAT, 'kw-aes256'), ('pbkdf2', PBKDF2, 'kw-aes128')):
        template = f'''<xenc:EncryptedData xmlns:xenc="{XENC}" xmlns:ds="{DS}" xmlns:x11="{XENC11}" Id="ED-1" Type="{XENC}Element"><xenc:EncryptionMethod Algorithm="{XENC11}aes128-gcm"/><ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{XENC}{wrap}"/><ds:KeyInfo><xenc:AgreementMethod Algorithm="{XENC11}dh-es">{derivation}<xenc:OriginatorKeyInfo><ds:KeyName>originator</ds:KeyName></xenc:OriginatorKeyInfo><xenc:RecipientKeyInfo><ds:KeyName>recipient</ds:KeyName></xenc:RecipientKeyInfo></xenc:AgreementMethod></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>'''
        manager = xmlsec.KeysManager()
        for key_name, key in (('originator', xmlsec.Key.from_file(str(originator), xmlsec.KeyFormat.PEM)), ('recipient', xmlsec.Key.from_memory(public, xmlsec.KeyFormat.PEM))):
            key.name = key_name
            manager.add_key(key)
        context = xmlsec.EncryptionContext(manager)
        context.key = xmlsec.Key.generate(xmlsec.constants.KeyDataAes, 128, xmlsec.constants.KeyDataTypeSession)
        encrypted = etree.tostring(context.encrypt_binary(etree.fromstring(template), PLAIN)).decode()
        # The library writes no DHKeyValue for a key that has a name: the numbers take the name's place.
        encrypted = encrypted.replace('<ds:KeyName>originator</ds:KeyName>', f'<ds:KeyValue>{value}</ds:KeyValue>')
        file = f'xmlsec-dhx-{name}.xml'
        (folder / file).write_text(encrypted + '\n')
        entries.append({'id': file[:-4], 'file': file, 'plaintextSha256': hashlib.sha256(PLAIN).hexdigest()})
    (folder / 'manifest-xmlsec.json').write_text(json.dumps({'by': 'xmlsec ' + '.'.join(map(str, xmlsec.get_libxmlsec_version())), 'key': recipient.name, 'entries': entries}, indent=2) + '\n')
    for temporary in (parameters, originator):
        temporary.unlink()


main(sys.argv[1])
