package interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.saml.SAMLCallback;
import org.apache.wss4j.common.saml.SAMLUtil;
import org.apache.wss4j.common.saml.SamlAssertionWrapper;
import org.apache.wss4j.common.saml.bean.AttributeBean;
import org.apache.wss4j.common.saml.bean.AttributeStatementBean;
import org.apache.wss4j.common.saml.bean.ConditionsBean;
import org.apache.wss4j.common.saml.bean.KeyInfoBean;
import org.apache.wss4j.common.saml.bean.SubjectBean;
import org.apache.wss4j.common.saml.bean.Version;
import org.apache.wss4j.common.saml.builder.SAML1Constants;
import org.apache.wss4j.common.saml.builder.SAML2Constants;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSAMLToken;
import org.apache.wss4j.dom.saml.WSSecSignatureSAML;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** SAML 1.1 and 2.0 assertions made by OpenSAML under WSS4J: bearer, holder of key, sender vouches, encrypted. */
public final class SamlMain {
  private static final String BY = "WSS4J 2.4.3, OpenSAML 3.4.6, Santuario 2.3.4, JDK 17";
  private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String GCM128 = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
  private final Path folder;
  private final Merlin crypto = new Merlin();
  private final List<String> entries = new ArrayList<>();

  private SamlMain(Path folder) throws Exception {
    this.folder = folder;
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (String name : List.of("issuer-rsa", "subject-rsa", "signer-rsa", "recipient-rsa")) store.setKeyEntry(name, privateKey(name), "changeit".toCharArray(), new X509Certificate[] {certificate(name), certificate("ca")});
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate("ca"));
    crypto.setKeyStore(store);
    crypto.setTrustStore(trusted);
  }

  public static void main(String[] arguments) throws Exception {
    WSSConfig.init();
    SamlMain made = new SamlMain(Path.of(arguments[0]));
    for (Version version : List.of(Version.SAML_11, Version.SAML_20)) {
      made.bearer(version, true, false);
      made.bearer(version, false, false);
      made.holderOfKey(version, false);
      made.holderOfKey(version, true);
      made.senderVouches(version);
      made.bearer(version, true, true);
    }
    Files.writeString(made.folder.resolve("manifest-saml.json"), "{\n  \"at\": \"" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\",\n  \"anchors\": [\"ca\"],\n  \"entries\": [\n" + String.join(",\n", made.entries) + "\n  ]\n}\n");
  }

  private void bearer(Version version, boolean signed, boolean encrypted) throws Exception {
    SAMLCallback callback = callback(version, version == Version.SAML_11 ? SAML1Constants.CONF_BEARER : SAML2Constants.CONF_BEARER, null, signed);
    WSSecHeader header = header();
    Document document = header.getSecurityHeaderElement().getOwnerDocument();
    new WSSecSAMLToken(header).build(assertion(callback));
    String name = name(version) + "-bearer" + (signed ? "" : "-unsigned") + (encrypted ? "-encrypted" : "");
    if (!encrypted) {
      add(name, octets(document), "bearer assertion" + (signed ? " signed by its issuer" : ", unsigned"), List.of(), signed ? "\"verifies\": 1" : "\"verifies\": 0, \"finding\": \"saml-assertion-unsigned\"");
      return;
    }
    WSSecEncrypt encryption = new WSSecEncrypt(header);
    encryption.setUserInfo("recipient-rsa");
    encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
    encryption.setSymmetricEncAlgorithm(GCM128);
    encryption.getParts().add(new WSEncryptionPart("Assertion", version == Version.SAML_11 ? WSConstants.SAML_NS : WSConstants.SAML2_NS, "Element"));
    KeyGenerator generator = KeyGenerator.getInstance("AES");
    generator.init(128);
    SecretKey key = generator.generateKey();
    encryption.build(crypto, key);
    Element data = (Element) document.getElementsByTagNameNS(XENC, "EncryptedData").item(0);
    byte[] cipherOctets = Base64.getMimeDecoder().decode(data.getElementsByTagNameNS(XENC, "CipherValue").item(0).getTextContent());
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, cipherOctets, 0, 12));
    byte[] plain = cipher.doFinal(cipherOctets, 12, cipherOctets.length - 12);
    add(name, octets(document), "bearer assertion signed by its issuer, encrypted", List.of("recipient-rsa"),
      "\"verifies\": 1, \"decrypts\": [{ \"id\": \"" + data.getAttribute("Id") + "\", \"type\": \"" + data.getAttribute("Type") + "\", \"octets\": " + plain.length + ", \"sha256\": \"" + sha256(plain) + "\" }]");
  }

  /** `value`: the subject's key stands as a KeyValue and not as a certificate. */
  private void holderOfKey(Version version, boolean value) throws Exception {
    KeyInfoBean info = new KeyInfoBean();
    info.setCertificate(certificate("subject-rsa"));
    info.setCertIdentifer(value ? KeyInfoBean.CERT_IDENTIFIER.KEY_VALUE : KeyInfoBean.CERT_IDENTIFIER.X509_CERT);
    SAMLCallback callback = callback(version, version == Version.SAML_11 ? SAML1Constants.CONF_HOLDER_KEY : SAML2Constants.CONF_HOLDER_KEY, info, true);
    WSSecHeader header = header();
    WSSecSignatureSAML signature = signature(header);
    signature.setUserInfo("subject-rsa", "changeit");
    Document document = signature.build(crypto, assertion(callback), null, null, null);
    add(name(version) + "-holder-of-key" + (value ? "-key-value" : ""), octets(document), "holder of key: Body signed with the subject's key (" + (value ? "KeyValue" : "certificate") + ")", value ? List.of("subject-rsa") : List.of(), "\"verifies\": 2");
  }

  private void senderVouches(Version version) throws Exception {
    SAMLCallback callback = callback(version, version == Version.SAML_11 ? SAML1Constants.CONF_SENDER_VOUCHES : SAML2Constants.CONF_SENDER_VOUCHES, null, false);
    WSSecHeader header = header();
    WSSecSignatureSAML signature = signature(header);
    Document document = signature.build(null, assertion(callback), crypto, "signer-rsa", "changeit");
    add(name(version) + "-sender-vouches", octets(document), "sender vouches: Body and assertion signed by the sender, the assertion through STR-Transform", List.of(), "\"verifies\": 2");
  }

  private WSSecSignatureSAML signature(WSSecHeader header) {
    WSSecSignatureSAML signature = new WSSecSignatureSAML(header);
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    signature.setSignatureAlgorithm(RSA_SHA256);
    signature.setDigestAlgo(XENC + "sha256");
    signature.getParts().add(new WSEncryptionPart("Body", WSConstants.URI_SOAP11_ENV, "Content"));
    return signature;
  }

  private SAMLCallback callback(Version version, String method, KeyInfoBean info, boolean signed) {
    SAMLCallback callback = new SAMLCallback();
    callback.setSamlVersion(version);
    callback.setIssuer("urn:interop:issuer");
    SubjectBean subject = new SubjectBean("uid=clerk,o=interop", "urn:interop", method);
    if (info != null) subject.setKeyInfo(info);
    callback.setSubject(subject);
    callback.setConditions(new ConditionsBean(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2046-01-01T00:00:00Z")));
    AttributeBean attribute = new AttributeBean();
    attribute.setSimpleName("role");
    attribute.setQualifiedName("urn:interop:role");
    attribute.addAttributeValue("clerk");
    AttributeStatementBean statement = new AttributeStatementBean();
    statement.setSubject(subject);
    statement.setSamlAttributes(List.of(attribute));
    callback.setAttributeStatementData(List.of(statement));
    callback.setSignAssertion(signed);
    callback.setIssuerCrypto(crypto);
    callback.setIssuerKeyName("issuer-rsa");
    callback.setIssuerKeyPassword("changeit");
    callback.setSignatureAlgorithm(RSA_SHA256);
    callback.setSignatureDigestAlgorithm(XENC + "sha256");
    return callback;
  }

  private static SamlAssertionWrapper assertion(SAMLCallback callback) throws Exception {
    SAMLUtil.doSAMLCallback(callbacks -> {}, callback);
    SamlAssertionWrapper assertion = new SamlAssertionWrapper(callback);
    if (callback.isSignAssertion()) {
      assertion.signAssertion(callback.getIssuerKeyName(), callback.getIssuerKeyPassword(), callback.getIssuerCrypto(), callback.isSendKeyValue(), callback.getCanonicalizationAlgorithm(), callback.getSignatureAlgorithm(), callback.getSignatureDigestAlgorithm());
    }
    return assertion;
  }

  /** The stack's own receiver takes the message before it is written; an unsigned bearer assertion it must refuse. */
  private void add(String id, byte[] message, String what, List<String> keys, String expected) throws Exception {
    RequestData data = new RequestData();
    data.setWssConfig(WSSConfig.getNewInstance());
    data.setSigVerCrypto(crypto);
    data.setDecCrypto(crypto);
    data.setValidateSamlSubjectConfirmation(false);
    data.setCallbackHandler(callbacks -> {
      for (var callback : callbacks) if (callback instanceof WSPasswordCallback) ((WSPasswordCallback) callback).setPassword("changeit");
    });
    boolean taken;
    try {
      taken = !new WSSecurityEngine().processSecurityHeader(parse(new String(message, StandardCharsets.UTF_8)), data).getResults().isEmpty();
    } catch (WSSecurityException refused) {
      if (!id.endsWith("-unsigned")) throw new IllegalStateException(id, refused);
      taken = false;
    }
    if (taken == id.endsWith("-unsigned")) throw new IllegalStateException(id);
    Files.write(folder.resolve(id + ".xml"), message);
    String listed = String.join(", ", keys.stream().map(key -> "\"" + key + "\"").toList());
    entries.add("    { \"id\": \"" + id + "\", \"file\": \"" + id + ".xml\", \"what\": \"" + what + "\",\n      \"by\": \"" + BY + "\", \"keys\": [" + listed + "], \"sha256\": \"" + sha256(message) + "\",\n      \"expect\": { " + expected + " } }");
  }

  private static String name(Version version) {
    return version == Version.SAML_11 ? "saml11" : "saml20";
  }

  private WSSecHeader header() throws Exception {
    Document document = parse("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header/><soap:Body><o:Order xmlns:o=\"urn:interop:order\" number=\"4711\"/></soap:Body></soap:Envelope>");
    WSSecHeader header = new WSSecHeader(document);
    header.insertSecurityHeader();
    return header;
  }

  private static Document parse(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] octets(Document document) throws Exception {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    transformer.transform(new DOMSource(document), new StreamResult(out));
    return out.toByteArray();
  }

  private static String sha256(byte[] octets) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
  }

  private byte[] der(String file) throws Exception {
    return Base64.getMimeDecoder().decode(Files.readString(folder.resolve("keys").resolve(file)).replaceAll("-----[A-Z ]+-----", ""));
  }

  private PrivateKey privateKey(String name) throws Exception {
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(name + ".key.pem")));
  }

  private X509Certificate certificate(String name) throws Exception {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der(name + ".crt.pem")));
  }
}
