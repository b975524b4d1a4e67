package interop;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the WSS4J messages share: keys, a receiver that proves each message good, and the octets that a sender encrypted. */
final class Wss4j {
  static final String BY = "WSS4J 4.0.1, Santuario 4.0.4, JDK 17";
  static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
  static final String GCM128 = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
  static final String GCM256 = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
  static final String CBC256 = XENC + "aes256-cbc";
  private static final CallbackHandler PASSWORDS = callbacks -> {
    for (var callback : callbacks) if (callback instanceof WSPasswordCallback asked) asked.setPassword("changeit");
  };

  private Wss4j() {}

  static SecretKey sessionKey(String dataAlgorithm) throws Exception {
    KeyGenerator generator = KeyGenerator.getInstance("AES");
    generator.init(dataAlgorithm.contains("128") ? 128 : 256);
    return generator.generateKey();
  }

  static WSEncryptionPart body(Document document, String modifier) {
    return new WSEncryptionPart("Body", document.getDocumentElement().getNamespaceURI(), modifier);
  }

  /** Signs the Body with a certificate sent along; {@code expand} puts the parts in the place of xop:Include before. */
  static void signBody(Document document, WSSecHeader header, Parts parts, Keys keys, boolean expand) throws Exception {
    WSSecSignature signature = new WSSecSignature(header);
    signature.setUserInfo("signer-rsa", "changeit");
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    signature.getParts().add(body(document, "Content"));
    signature.setExpandXopInclude(expand);
    signature.setAttachmentCallbackHandler(parts);
    signature.build(keys.crypto);
  }

  /** The receiver of the same stack takes the message; throws where it does not. */
  static int verify(byte[] envelope, Parts parts, Keys keys) throws Exception {
    RequestData data = new RequestData();
    data.setWssConfig(WSSConfig.getNewInstance());
    data.setSigVerCrypto(keys.crypto);
    data.setDecCrypto(keys.crypto);
    data.setCallbackHandler(PASSWORDS);
    data.setExpandXopInclude(true);
    if (parts != null) data.setAttachmentCallbackHandler(parts.copy());
    var result = new WSSecurityEngine().processSecurityHeader(Envelope.parse(new String(envelope, "UTF-8")), data);
    if (result == null || result.getResults().isEmpty()) throw new IllegalStateException("nothing was processed");
    return result.getResults().size();
  }

  /** What the sender encrypted, opened with the session key by the JDK alone: [{path, sha256, octets}]. */
  static Map<String, String> decrypts(Document document, Parts parts, SecretKey key) throws Exception {
    NodeList found = document.getElementsByTagNameNS(XENC, "EncryptedData");
    List<String> listed = new ArrayList<>();
    for (int at = 0; at < found.getLength(); at++) {
      Element data = (Element) found.item(at);
      String algorithm = ((Element) data.getElementsByTagNameNS(XENC, "EncryptionMethod").item(0)).getAttribute("Algorithm");
      byte[] plain = open(cipherOctets(data, parts), algorithm, key);
      listed.add("{ \"id\": " + Fixtures.quoted(data.getAttribute("Id")) + ", \"type\": " + Fixtures.quoted(data.getAttribute("Type")) + ", \"octets\": " + plain.length + ", \"sha256\": " + Fixtures.quoted(Fixtures.sha256(plain)) + " }");
    }
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("decrypts", "[" + String.join(", ", listed) + "]");
    return expected;
  }

  private static byte[] cipherOctets(Element data, Parts parts) throws Exception {
    NodeList references = data.getElementsByTagNameNS(XENC, "CipherReference");
    if (references.getLength() > 0) return parts.octetsOf(((Element) references.item(0)).getAttribute("URI").substring(4));
    NodeList values = data.getElementsByTagNameNS(XENC, "CipherValue");
    Element value = (Element) values.item(values.getLength() - 1);
    NodeList includes = value.getElementsByTagNameNS("http://www.w3.org/2004/08/xop/include", "Include");
    if (includes.getLength() > 0) return parts.octetsOf(java.net.URLDecoder.decode(((Element) includes.item(0)).getAttribute("href").substring(4), "UTF-8"));
    return Base64.getMimeDecoder().decode(value.getTextContent());
  }

  private static byte[] open(byte[] octets, String algorithm, SecretKey key) throws Exception {
    if (algorithm.endsWith("-gcm")) {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, octets, 0, 12));
      return cipher.doFinal(octets, 12, octets.length - 12);
    }
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(octets, 0, 16));
    byte[] padded = cipher.doFinal(octets, 16, octets.length - 16);
    return java.util.Arrays.copyOf(padded, padded.length - (padded[padded.length - 1] & 0xff));
  }

  static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
