package interop;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.w3c.dom.Document;

/** SOAP with Attachments (SWA 1.1) and MTOM/XOP messages, signed and encrypted by WSS4J. */
final class AttachmentMessages {
  private static final String XOP = "http://www.w3.org/2004/08/xop/include";
  private final Keys keys;
  private final Fixtures fixtures;

  AttachmentMessages(Keys keys, Fixtures fixtures) {
    this.keys = keys;
    this.fixtures = fixtures;
  }

  void write() throws Exception {
    swa("swa-signed-content", "attachments and Body signed, content only", "Content", null, null, false, false);
    swa("swa-signed-content-base64", "attachments signed, content only; the parts travel in base64", "Content", null, null, false, true);
    swa("swa-signed-complete", "attachments signed with their MIME headers", "Element", null, null, false, false);
    swa("swa-signed-complete-http", "attachments signed with their MIME headers, dumped with the HTTP header, SOAP 1.1", "Element", null, null, true, false);
    swa("swa-encrypted-content", "attachments encrypted, content only, AES-256-GCM", null, "Content", Wss4j.GCM256, false, false);
    swa("swa-encrypted-content-cbc", "attachments encrypted, content only, AES-256-CBC", null, "Content", Wss4j.CBC256, false, false);
    swa("swa-encrypted-content-base64", "attachments encrypted, content only; the ciphertext travels in base64", null, "Content", Wss4j.GCM256, false, true);
    swa("swa-encrypted-complete", "attachments encrypted with their MIME headers, AES-128-GCM", null, "Element", Wss4j.GCM128, false, false);
    swa("swa-signed-content-encrypted-content", "attachments signed, then encrypted, content only", "Content", "Content", Wss4j.GCM128, false, false);
    swa("swa-signed-content-encrypted-complete", "attachments signed, content only, then encrypted with their MIME headers", "Content", "Element", Wss4j.GCM128, false, false);
    swa("swa-signed-complete-encrypted-complete", "attachments signed and then encrypted, both with their MIME headers", "Element", "Element", Wss4j.GCM256, false, false);
    swa("swa-signed-complete-encrypted-content", "attachments signed with their MIME headers, then encrypted, content only", "Element", "Content", Wss4j.GCM256, false, false);
    encryptedThenSigned();
    mtomSigned("mtom-signed-expanded", "Body signed with the base64 of its xop:Include in place", true);
    mtomSigned("mtom-signed-literal", "Body signed with its xop:Include as it stands: the attachment's octets are under no signature", false);
    stored("mtom-stored-token", "the BinarySecurityToken's octets in an attachment (storeBytesInAttachment)", true, false);
    stored("mtom-stored-cipher-values", "the CipherValues' octets in attachments (storeBytesInAttachment)", false, true);
    stored("mtom-stored-all", "signed and encrypted, token and CipherValues in attachments (storeBytesInAttachment)", true, true);
  }

  private static Parts parts() {
    return new Parts()
      .add("notes@interop", "First line\nsecond line, h\u00e4ngend\nthird line without an end".getBytes(StandardCharsets.UTF_8),
        "Content-Type", "Text/Plain; Charset=\"UTF-8\"; format=flowed", "Content-Description", "Notes (for the clerk) \"(kept)\"", "Content-Disposition", "attachment; filename=\"Notes.TXT\"; size=63")
      .add("list@interop", "<?xml version=\"1.0\"?>\n<list  b='2' a=\"1\" xmlns:x=\"urn:x\" xmlns=\"urn:list\"><!-- gone --><x:item\n/></list>".getBytes(StandardCharsets.UTF_8),
        "Content-Type", "application/xml", "Content-Location", "http://sender.example/list.xml")
      .add("picture@interop", binary(700), "Content-Type", "application/octet-stream");
  }

  private static byte[] binary(int length) {
    byte[] octets = new byte[length];
    for (int at = 0; at < length; at++) octets[at] = (byte) (at * 31 + at / 7);
    return octets;
  }

  private void swa(String id, String what, String sign, String encrypt, String dataAlgorithm, boolean http, boolean encoded) throws Exception {
    Document document = Envelope.order(http ? Envelope.SOAP11 : Envelope.SOAP12, "");
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    Parts parts = parts();
    if (sign != null) sign(document, header, parts, sign);
    Map<String, String> expected = new LinkedHashMap<>();
    if (encrypt != null) expected.putAll(encrypt(document, header, parts, encrypt, dataAlgorithm));
    if (sign != null) expected.put("verifies", "4");
    byte[] envelope = Envelope.octets(document);
    Wss4j.verify(envelope, parts, keys);
    fixtures.add(id, ".mime", parts.multipart(envelope, false, http, encoded), what, Wss4j.BY, encrypt == null ? List.of() : List.of("recipient-rsa"), expected);
  }

  private void encryptedThenSigned() throws Exception {
    Document document = Envelope.order(Envelope.SOAP12, "");
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    Parts parts = parts();
    Map<String, String> expected = encrypt(document, header, parts, "Content", Wss4j.GCM256);
    sign(document, header, parts, "Content");
    expected.put("verifies", "4");
    byte[] envelope = Envelope.octets(document);
    Wss4j.verify(envelope, parts, keys);
    fixtures.add("swa-encrypted-signed", ".mime", parts.multipart(envelope, false, false, false), "attachments encrypted, then their ciphertext signed", Wss4j.BY, List.of("recipient-rsa"), expected);
  }

  private void sign(Document document, WSSecHeader header, Parts parts, String modifier) throws Exception {
    WSSecSignature signature = new WSSecSignature(header);
    signature.setUserInfo("signer-rsa", "changeit");
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    signature.setDigestAlgo(Wss4j.XENC + "sha256");
    signature.getParts().add(Wss4j.body(document, "Content"));
    signature.getParts().add(new WSEncryptionPart("cid:Attachments", modifier));
    signature.setAttachmentCallbackHandler(parts);
    signature.build(keys.crypto);
  }

  private Map<String, String> encrypt(Document document, WSSecHeader header, Parts parts, String modifier, String dataAlgorithm) throws Exception {
    WSSecEncrypt encryption = encryption(header, dataAlgorithm);
    encryption.getParts().add(new WSEncryptionPart("cid:Attachments", modifier));
    encryption.setAttachmentCallbackHandler(parts);
    SecretKey key = Wss4j.sessionKey(dataAlgorithm);
    encryption.build(keys.crypto, key);
    return Wss4j.decrypts(document, parts, key);
  }

  private WSSecEncrypt encryption(WSSecHeader header, String dataAlgorithm) {
    WSSecEncrypt encryption = new WSSecEncrypt(header);
    encryption.setUserInfo("recipient-rsa");
    encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
    encryption.setSymmetricEncAlgorithm(dataAlgorithm);
    return encryption;
  }

  private void mtomSigned(String id, String what, boolean expand) throws Exception {
    Document document = Envelope.order(Envelope.SOAP11, "<o:Picture><xop:Include xmlns:xop=\"" + XOP + "\" href=\"cid:picture%40interop\"/></o:Picture>");
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    Parts parts = new Parts().add("picture@interop", binary(1000), "Content-Type", "image/x-raw");
    Wss4j.signBody(document, header, parts, keys, expand);
    byte[] envelope = Envelope.octets(document);
    if (expand) Wss4j.verify(envelope, parts, keys);
    Map<String, String> expected = new LinkedHashMap<>();
    if (expand) expected.put("verifies", "1");
    else expected.put("finding", Fixtures.quoted("mtom-signed-before-after"));
    fixtures.add(id, ".mime", parts.multipart(envelope, true, false, false), what, Wss4j.BY, List.of(), expected);
  }

  private void stored(String id, String what, boolean sign, boolean encrypt) throws Exception {
    Document document = Envelope.order(Envelope.SOAP11, "");
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    Parts parts = new Parts();
    Map<String, String> expected = new LinkedHashMap<>();
    if (sign) {
      WSSecSignature signature = new WSSecSignature(header);
      signature.setUserInfo("signer-rsa", "changeit");
      signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
      signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
      signature.getParts().add(Wss4j.body(document, "Content"));
      signature.setStoreBytesInAttachment(true);
      signature.setAttachmentCallbackHandler(parts);
      signature.build(keys.crypto);
      expected.put("verifies", "1");
    }
    if (encrypt) {
      WSSecEncrypt encryption = encryption(header, Wss4j.GCM256);
      encryption.getParts().add(Wss4j.body(document, "Content"));
      encryption.setStoreBytesInAttachment(true);
      encryption.setAttachmentCallbackHandler(parts);
      SecretKey key = Wss4j.sessionKey(Wss4j.GCM256);
      encryption.build(keys.crypto, key);
      expected.putAll(Wss4j.decrypts(document, parts, key));
    }
    byte[] envelope = Envelope.octets(document);
    Wss4j.verify(envelope, parts, keys);
    fixtures.add(id, ".mime", parts.multipart(envelope, true, false, false), what, Wss4j.BY, encrypt ? List.of("recipient-rsa") : List.of(), expected);
  }
}
