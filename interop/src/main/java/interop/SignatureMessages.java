package interop;

import java.util.List;
import java.util.Map;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Document;

/** Signatures with the Edwards curves. */
final class SignatureMessages {
  private final Keys keys;
  private final Fixtures fixtures;

  SignatureMessages(Keys keys, Fixtures fixtures) {
    this.keys = keys;
    this.fixtures = fixtures;
  }

  void write() throws Exception {
    Map<String, Integer> identifiers = Map.of("token", WSConstants.BST_DIRECT_REFERENCE, "issuer-serial", WSConstants.ISSUER_SERIAL, "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER);
    for (String curve : List.of("ed25519", "ed448")) {
      for (String identifier : List.of("token", "issuer-serial", "thumbprint")) {
        Document document = Envelope.order(Envelope.SOAP12, "");
        WSSecHeader header = new WSSecHeader(document);
        header.insertSecurityHeader();
        WSSecTimestamp timestamp = new WSSecTimestamp(header);
        timestamp.setTimeToLive(600_000_000);
        timestamp.build();
        WSSecSignature signature = new WSSecSignature(header);
        String signer = "signer-" + curve;
        signature.setUserInfo(signer, "changeit");
        signature.setKeyIdentifierType(identifiers.get(identifier));
        signature.setSignatureAlgorithm(curve.equals("ed25519") ? WSConstants.ED25519 : WSConstants.ED448);
        signature.setDigestAlgo(Wss4j.XENC + (curve.equals("ed25519") ? "sha256" : "sha512"));
        signature.getParts().add(Wss4j.body(document, "Content"));
        signature.getParts().add(new org.apache.wss4j.common.WSEncryptionPart("Timestamp", WSConstants.WSU_NS, ""));
        String id = "signature-" + curve + "-" + identifier;
        signature.build(keys.crypto);
        byte[] envelope = Envelope.octets(document);
        Wss4j.verify(envelope, null, keys);
        fixtures.add(id, ".xml", envelope, "Body and Timestamp signed with " + curve + ", key named by " + identifier, Wss4j.BY, identifier.equals("token") ? List.of() : List.of(signer), Map.of("verifies", "2"));
      }
    }
  }
}
