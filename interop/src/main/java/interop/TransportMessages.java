package interop;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.keys.KeyInfo;
import org.apache.xml.security.utils.EncryptionConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** RSA-OAEP by Santuario: every digest with every mask generation function, with and without a label. */
final class TransportMessages {
  private static final String BY = "Santuario 4.0.4, JDK 17";
  private static final String OAEP = "http://www.w3.org/2009/xmlenc11#rsa-oaep";
  private static final String OAEP_MGF1P = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
  private final Keys keys;
  private final Fixtures fixtures;

  TransportMessages(Keys keys, Fixtures fixtures) {
    this.keys = keys;
    this.fixtures = fixtures;
  }

  void write() throws Exception {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("sha1", MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA1);
    digests.put("sha224", MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA224);
    digests.put("sha256", MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256);
    digests.put("sha384", MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA384);
    digests.put("sha512", MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA512);
    byte[] label = "a label".getBytes(StandardCharsets.US_ASCII);
    for (var digest : digests.entrySet()) {
      write("oaep-mgf1p-" + digest.getKey(), OAEP_MGF1P, digest.getValue(), null, null);
      write("oaep-mgf1p-" + digest.getKey() + "-label", OAEP_MGF1P, digest.getValue(), null, label);
      for (String mask : List.of("sha1", "sha224", "sha256", "sha384", "sha512")) {
        String mgf = EncryptionConstants.EncryptionSpec11NS + "mgf1" + mask;
        write("oaep-" + digest.getKey() + "-mgf-" + mask, OAEP, digest.getValue(), mgf, null);
        if (digest.getKey().equals(mask) || mask.equals("sha1")) write("oaep-" + digest.getKey() + "-mgf-" + mask + "-label", OAEP, digest.getValue(), mgf, label);
      }
    }
  }

  private void write(String id, String transport, String digest, String mgf, byte[] label) throws Exception {
    Document document = Envelope.parse("<o:Order xmlns:o=\"urn:interop:order\"><o:Item>" + id + "</o:Item></o:Order>");
    SecretKey key = Wss4j.sessionKey(Wss4j.GCM128);
    XMLCipher keyCipher = XMLCipher.getInstance(transport, null, digest);
    keyCipher.init(XMLCipher.WRAP_MODE, keys.certificates.get("recipient-rsa").getPublicKey());
    EncryptedKey encryptedKey = keyCipher.encryptKey(document, key, mgf, label);
    KeyInfo recipient = new KeyInfo(document);
    recipient.addKeyName("recipient-rsa");
    encryptedKey.setKeyInfo(recipient);
    XMLCipher dataCipher = XMLCipher.getInstance(Wss4j.GCM128);
    dataCipher.init(XMLCipher.ENCRYPT_MODE, key);
    EncryptedData data = dataCipher.getEncryptedData();
    data.setId("data");
    KeyInfo info = new KeyInfo(document);
    info.add(encryptedKey);
    data.setKeyInfo(info);
    dataCipher.doFinal(document, (Element) document.getDocumentElement().getFirstChild(), false);
    byte[] octets = Envelope.octets(document);
    Map<String, String> expected = Wss4j.decrypts(document, null, key);
    opens(octets, id);
    fixtures.add(id, ".xml", octets, "RSA-OAEP: " + transport.substring(transport.indexOf('#') + 1) + ", digest " + digest.substring(digest.indexOf('#') + 1)
      + (mgf == null ? "" : ", " + mgf.substring(mgf.indexOf('#') + 1)) + (label == null ? "" : ", with a label"), BY, List.of("recipient-rsa"), expected);
  }

  /** Santuario itself opens it. */
  private void opens(byte[] octets, String id) throws Exception {
    Document document = Envelope.parse(new String(octets, StandardCharsets.UTF_8));
    Element data = (Element) document.getElementsByTagNameNS(Wss4j.XENC, "EncryptedData").item(0);
    XMLCipher cipher = XMLCipher.getInstance();
    cipher.init(XMLCipher.DECRYPT_MODE, null);
    cipher.setKEK(keys.privateKeys.get("recipient-rsa"));
    cipher.doFinal(document, data);
    if (!document.getDocumentElement().getTextContent().contains(id)) throw new IllegalStateException(id);
  }
}
