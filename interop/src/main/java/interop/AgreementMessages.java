package interop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.xml.security.encryption.params.ConcatKDFParams;
import org.apache.xml.security.encryption.params.HKDFParams;
import org.apache.xml.security.encryption.params.KeyDerivationParameters;
import org.w3c.dom.Document;

/** Session keys wrapped under an agreed key: ECDH-ES, X25519 and X448 with ConcatKDF and HKDF. */
final class AgreementMessages {
  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  private final Keys keys;
  private final Fixtures fixtures;

  AgreementMessages(Keys keys, Fixtures fixtures) {
    this.keys = keys;
    this.fixtures = fixtures;
  }

  void write() throws Exception {
    for (String curve : List.of("p256", "p384", "p521", "x25519", "x448")) {
      write(curve, "concat", "kw-aes128", Wss4j.GCM128, concat(128, Wss4j.XENC + "sha256", false));
      write(curve, "concat-parties", "kw-aes256", Wss4j.GCM256, concat(256, Wss4j.XENC + "sha512", true));
      write(curve, "hkdf", "kw-aes256", Wss4j.CBC256, hkdf(256, MORE + "hmac-sha256", true, true));
      write(curve, "hkdf-sha512-info", "kw-aes128", Wss4j.GCM128, hkdf(128, MORE + "hmac-sha512", true, true));
    }
    write("p256", "hkdf-bare", "kw-aes192", Wss4j.GCM128, hkdf(192, MORE + "hmac-sha384", false, false));
    write("p256", "concat-sha384", "kw-aes192", Wss4j.GCM256, concat(192, MORE + "sha384", false));
  }

  private static KeyDerivationParameters concat(int bits, String digest, boolean parties) {
    var builder = ConcatKDFParams.createBuilder(bits, digest).algorithmID("0000").partyUInfo(parties ? "00D8" : "").partyVInfo(parties ? "00D0" : "");
    if (parties) builder.suppPubInfo("00AABB");
    return builder.build();
  }

  private static KeyDerivationParameters hkdf(int bits, String mac, boolean salt, boolean info) {
    var builder = HKDFParams.createBuilder(bits, mac);
    if (salt) builder.salt("a salt of the interop run".getBytes(StandardCharsets.US_ASCII));
    if (info) builder.info("order 4711".getBytes(StandardCharsets.US_ASCII));
    return builder.build();
  }

  private void write(String curve, String derivation, String wrap, String dataAlgorithm, KeyDerivationParameters parameters) throws Exception {
    Document document = Envelope.order(Envelope.SOAP12, "");
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    WSSecEncrypt encryption = new WSSecEncrypt(header);
    String recipient = "recipient-" + curve;
    encryption.setUserInfo(recipient);
    encryption.setKeyIdentifierType(derivation.startsWith("concat") ? WSConstants.ISSUER_SERIAL : WSConstants.THUMBPRINT_IDENTIFIER);
    encryption.setKeyEncAlgo(Wss4j.XENC + wrap);
    encryption.setSymmetricEncAlgorithm(dataAlgorithm);
    encryption.setKeyAgreementMethod(switch (curve) {
      case "x25519" -> WSConstants.AGREEMENT_METHOD_X25519;
      case "x448" -> WSConstants.AGREEMENT_METHOD_X448;
      default -> WSConstants.AGREEMENT_METHOD_ECDH_ES;
    });
    encryption.setKeyDerivationMethod(parameters instanceof HKDFParams ? WSConstants.KEYDERIVATION_HKDF : WSConstants.KEYDERIVATION_CONCATKDF);
    encryption.setKeyDerivationParameters(parameters);
    encryption.getParts().add(Wss4j.body(document, "Content"));
    SecretKey key = Wss4j.sessionKey(dataAlgorithm);
    String id = "agreement-" + curve + "-" + derivation;
    encryption.build(keys.crypto, key);
    Map<String, String> expected = Wss4j.decrypts(document, null, key);
    byte[] envelope = Envelope.octets(document);
    try {
      Wss4j.verify(envelope, null, keys);
    } catch (WSSecurityException refused) {
      // Santuario 4.0.4 writes HKDF with another PRF than HMAC-SHA256 as asked, and reads it back as HMAC-SHA256.
      expected.put("generatorOpens", "false");
    }
    fixtures.add(id, ".xml", envelope, "session key wrapped with " + wrap + " under a key agreed on " + curve + " (" + derivation + ")", Wss4j.BY, List.of(recipient), expected);
  }
}
