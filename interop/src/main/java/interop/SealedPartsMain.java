package interop;

import java.nio.file.Path;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.w3c.dom.Document;

/** MTOM messages whose xop:Include elements are inside encrypted content, with keys of their own, in the folder named by the first argument. */
public final class SealedPartsMain {
  private static final String INCLUDE = "<o:Picture><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:picture%40interop\"/></o:Picture>";

  private SealedPartsMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    WSSConfig.init();
    if (Security.getProvider("BC") != null) Security.removeProvider("BC");
    Keys keys = new Keys();
    keys.write(folder.resolve("keys"), List.of("ca", "signer-rsa", "recipient-rsa"));
    Fixtures fixtures = new Fixtures(folder);
    write(keys, fixtures, "mtom-encrypted-include", "Body encrypted, its xop:Include as it stands", false, true, "Content");
    write(keys, fixtures, "mtom-encrypted-include-element", "Body's child encrypted as an element, its xop:Include as it stands", false, true, "Element");
    write(keys, fixtures, "mtom-signed-expanded-encrypted-include", "Body signed with the base64 of its xop:Include in place, then encrypted with the xop:Include as it stands", true, true, "Content");
    write(keys, fixtures, "mtom-encrypted-include-signed", "Body encrypted with its xop:Include, then the ciphertext signed", true, false, "Content");
    fixtures.finish("manifest.json");
  }

  private static void write(Keys keys, Fixtures fixtures, String id, String what, boolean sign, boolean signFirst, String modifier) throws Exception {
    Document document = Envelope.order(Envelope.SOAP11, INCLUDE);
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    byte[] picture = new byte[900];
    for (int at = 0; at < picture.length; at++) picture[at] = (byte) (at * 37 + at / 11);
    Parts parts = new Parts().add("picture@interop", picture, "Content-Type", "image/x-raw");
    Map<String, String> expected = new LinkedHashMap<>();
    if (sign && signFirst) Wss4j.signBody(document, header, parts, keys, true);
    WSSecEncrypt encryption = new WSSecEncrypt(header);
    encryption.setUserInfo("recipient-rsa");
    encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
    encryption.setSymmetricEncAlgorithm(Wss4j.GCM256);
    encryption.getParts().add(modifier.equals("Content") ? Wss4j.body(document, "Content") : new org.apache.wss4j.common.WSEncryptionPart("Order", "urn:interop:order", "Element"));
    encryption.setExpandXopInclude(false);
    encryption.setAttachmentCallbackHandler(parts);
    SecretKey key = Wss4j.sessionKey(Wss4j.GCM256);
    encryption.build(keys.crypto, key);
    expected.putAll(Wss4j.decrypts(document, parts, key));
    if (sign && !signFirst) Wss4j.signBody(document, header, parts, keys, true);
    if (sign) expected.put("verifies", "1");
    byte[] envelope = Envelope.octets(document);
    Wss4j.verify(envelope, parts, keys);
    fixtures.add(id, ".mime", parts.multipart(envelope, true, false, false), what, Wss4j.BY, List.of("recipient-rsa"), expected);
  }
}
