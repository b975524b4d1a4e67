package interop;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.wss4j.common.crypto.Merlin;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One authority and one key of every kind that a message needs; all are made anew on every run. */
final class Keys {
  static final char[] PASSWORD = "changeit".toCharArray();
  final Map<String, PrivateKey> privateKeys = new LinkedHashMap<>();
  final Map<String, X509Certificate> certificates = new LinkedHashMap<>();
  final Merlin crypto = new Merlin();

  Keys() throws Exception {
    KeyPair authority = pair("RSA", 2048);
    X509Certificate root = issue("CN=Interop Authority,O=WSS Workbench", authority, "CN=Interop Authority,O=WSS Workbench", authority.getPrivate(), 1, true);
    certificates.put("ca", root);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("ca", root);
    String[][] kinds = {
      {"signer-rsa", "RSA", "2048"}, {"recipient-rsa", "RSA", "2048"}, {"issuer-rsa", "RSA", "2048"}, {"subject-rsa", "RSA", "2048"},
      {"recipient-p256", "EC", "secp256r1"}, {"recipient-p384", "EC", "secp384r1"}, {"recipient-p521", "EC", "secp521r1"},
      {"recipient-x25519", "X25519", ""}, {"recipient-x448", "X448", ""}, {"signer-ed25519", "Ed25519", ""}, {"signer-ed448", "Ed448", ""},
    };
    int serial = 1000;
    for (String[] kind : kinds) {
      KeyPair pair = kind[1].equals("RSA") ? pair("RSA", Integer.parseInt(kind[2])) : pair(kind[1], kind[2]);
      X509Certificate certificate = issue("CN=" + kind[0] + ",O=WSS Workbench", pair, "CN=Interop Authority,O=WSS Workbench", authority.getPrivate(), serial++, false);
      privateKeys.put(kind[0], pair.getPrivate());
      certificates.put(kind[0], certificate);
      store.setKeyEntry(kind[0], pair.getPrivate(), PASSWORD, new X509Certificate[] {certificate, root});
    }
    crypto.setKeyStore(store);
    crypto.setTrustStore(trusted);
  }

  void write(Path folder) throws Exception {
    write(folder, java.util.List.copyOf(certificates.keySet()));
  }

  /** Only the keys of those names. */
  void write(Path folder, java.util.List<String> names) throws Exception {
    Files.createDirectories(folder);
    for (var entry : certificates.entrySet()) if (names.contains(entry.getKey())) Files.writeString(folder.resolve(entry.getKey() + ".crt.pem"), pem("CERTIFICATE", entry.getValue().getEncoded()));
    for (var entry : privateKeys.entrySet()) if (names.contains(entry.getKey())) Files.writeString(folder.resolve(entry.getKey() + ".key.pem"), pem("PRIVATE KEY", entry.getValue().getEncoded()));
  }

  private static KeyPair pair(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair pair(String algorithm, String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (!curve.isEmpty()) generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static X509Certificate issue(String subject, KeyPair pair, String issuer, PrivateKey signer, long serial, boolean authority) throws Exception {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    X509v3CertificateBuilder builder = new X509v3CertificateBuilder(new X500Name(issuer), BigInteger.valueOf(serial),
      Date.from(Instant.parse("2026-01-01T00:00:00Z")), Date.from(Instant.parse("2046-01-01T00:00:00Z")), new X500Name(subject), info);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (authority) builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(Extension.subjectKeyIdentifier, false, new BcX509ExtensionUtils().createSubjectKeyIdentifier(info));
    byte[] encoded = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer)).getEncoded();
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
  }
}
