import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Documents encrypted under keys agreed on by the JDK's Diffie-Hellman, the XML written by hand after XML Encryption 1.1
 * §5.6.2: no stack that anybody has writes the legacy derivation. Run as `java interop/jdk/DhMessages.java FOLDER`.
 */
public final class DhMessages {
  private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
  private static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
  private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  private static final byte[] PLAIN = "<order xmlns=\"urn:example:orders\"><item>4711</item></order>".getBytes(StandardCharsets.UTF_8);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> ENTRIES = new ArrayList<>();
  private static Path folder;
  private static KeyPairGenerator generator;
  private static KeyPair recipient;

  public static void main(String[] arguments) throws Exception {
    folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    generator = KeyPairGenerator.getInstance("DH");
    generator.initialize(2048);
    recipient = generator.generateKeyPair();
    Files.writeString(folder.resolve("recipient-jdk.key.pem"), pem("PRIVATE KEY", recipient.getPrivate().getEncoded()));

    legacy("jdk-legacy-kw", "kw-aes256", 32, DS + "sha1", "SHA-1", "a nonce", true);
    legacy("jdk-legacy-direct", "aes256-cbc", 32, XENC + "sha256", "SHA-256", null, false);
    legacy("jdk-legacy-direct-3des", "tripledes-cbc", 24, DS + "sha1", "SHA-1", "foo", false);
    explicit("jdk-explicit", false, true);
    explicit("jdk-explicit-bare-public", false, false);
    explicit("jdk-explicit-secret-begins-with-zero", true, true);
    Files.writeString(folder.resolve("manifest-jdk.json"), "{\n  \"by\": \"JDK " + Runtime.version().feature() + "\",\n  \"key\": \"recipient-jdk.key.pem\",\n  \"entries\": [\n" + String.join(",\n", ENTRIES) + "\n  ]\n}\n");
  }

  /** The first pair, or the first whose secret with the recipient begins with an octet 0. */
  private static KeyPair originator(boolean zero) throws Exception {
    for (;;) {
      KeyPair pair = generator.generateKeyPair();
      if (!zero || secret(pair)[0] == 0) return pair;
    }
  }

  private static byte[] secret(KeyPair originator) throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("DH");
    agreement.init(originator.getPrivate());
    agreement.doPhase(recipient.getPublic(), true);
    return agreement.generateSecret();
  }

  /** DigestAlg(ZZ | counter | EncryptionAlg | KA-Nonce | KeySize), §5.6.2.2. */
  private static void legacy(String id, String algorithm, int length, String digest, String digestName, String nonce, boolean wrapped) throws Exception {
    KeyPair pair = originator(false);
    byte[] zz = secret(pair);
    byte[] key = new byte[0];
    for (int counter = 1; key.length < length; counter++) {
      MessageDigest hash = MessageDigest.getInstance(digestName);
      hash.update(zz);
      hash.update(String.format("%02X", counter).getBytes(StandardCharsets.US_ASCII));
      hash.update((XENC + algorithm).getBytes(StandardCharsets.UTF_8));
      if (nonce != null) hash.update(nonce.getBytes(StandardCharsets.UTF_8));
      hash.update(Integer.toString(8 * length).getBytes(StandardCharsets.US_ASCII));
      byte[] block = hash.digest();
      key = Arrays.copyOf(key, key.length + block.length);
      System.arraycopy(block, 0, key, key.length - block.length, block.length);
    }
    String nonceElement = nonce == null ? "" : "<xenc:KA-Nonce>" + base64(nonce.getBytes(StandardCharsets.UTF_8)) + "</xenc:KA-Nonce>";
    String agreement = "<xenc:AgreementMethod Algorithm=\"" + XENC + "dh\">" + nonceElement + "<ds:DigestMethod Algorithm=\"" + digest + "\"/>" + originatorInfo(pair, true) + "</xenc:AgreementMethod>";
    write(id, XENC + algorithm, agreement, Arrays.copyOf(key, length), wrapped);
  }

  /** ConcatKDF with SHA-256: one block is enough for a key of 32 octets. */
  private static void explicit(String id, boolean zero, boolean group) throws Exception {
    KeyPair pair = originator(zero);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(new byte[] {0, 0, 0, 1});
    hash.update(secret(pair));
    hash.update(HexFormat.of().parseHex("0102030a0b"));
    String kdf = "<xenc11:KeyDerivationMethod xmlns:xenc11=\"" + XENC11 + "\" Algorithm=\"" + XENC11 + "ConcatKDF\"><xenc11:ConcatKDFParams AlgorithmID=\"00010203\" PartyUInfo=\"000a\" PartyVInfo=\"000b\"><ds:DigestMethod Algorithm=\"" + XENC + "sha256\"/></xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod>";
    String agreement = "<xenc:AgreementMethod Algorithm=\"" + XENC11 + "dh-es\">" + kdf + originatorInfo(pair, group) + "</xenc:AgreementMethod>";
    write(id, XENC + "kw-aes256", agreement, hash.digest(), true);
  }

  private static String originatorInfo(KeyPair pair, boolean group) {
    DHPublicKey key = (DHPublicKey) pair.getPublic();
    String parameters = group ? "<xenc:P>" + number(key.getParams().getP()) + "</xenc:P><xenc:Generator>" + number(key.getParams().getG()) + "</xenc:Generator>" : "";
    return "<xenc:OriginatorKeyInfo><ds:KeyValue><xenc:DHKeyValue>" + parameters + "<xenc:Public>" + number(key.getY()) + "</xenc:Public></xenc:DHKeyValue></ds:KeyValue></xenc:OriginatorKeyInfo>";
  }

  /** A CryptoBinary: big-endian without a sign octet. */
  private static String number(java.math.BigInteger value) {
    byte[] octets = value.toByteArray();
    return base64(octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
  }

  private static void write(String id, String algorithm, String agreement, byte[] agreed, boolean wrapped) throws Exception {
    String dataAlgorithm = wrapped ? XENC11 + "aes128-gcm" : algorithm;
    byte[] session = agreed;
    String keyInfo = "<ds:KeyInfo>" + agreement + "</ds:KeyInfo>";
    if (wrapped) {
      session = new byte[16];
      RANDOM.nextBytes(session);
      Cipher wrap = Cipher.getInstance("AESWrap");
      wrap.init(Cipher.WRAP_MODE, new SecretKeySpec(agreed, "AES"));
      keyInfo = "<ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"" + algorithm + "\"/>" + keyInfo + data(wrap.wrap(new SecretKeySpec(session, "AES"))) + "</xenc:EncryptedKey></ds:KeyInfo>";
    }
    String document = "<xenc:EncryptedData xmlns:xenc=\"" + XENC + "\" xmlns:ds=\"" + DS + "\" Id=\"ED-1\" Type=\"" + XENC + "Element\"><xenc:EncryptionMethod Algorithm=\"" + dataAlgorithm + "\"/>" + keyInfo + data(encrypt(dataAlgorithm, session)) + "</xenc:EncryptedData>\n";
    Files.writeString(folder.resolve(id + ".xml"), document);
    ENTRIES.add("    { \"id\": \"" + id + "\", \"file\": \"" + id + ".xml\", \"plaintextSha256\": \"" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PLAIN)) + "\" }");
  }

  private static byte[] encrypt(String algorithm, byte[] key) throws Exception {
    boolean gcm = algorithm.endsWith("gcm");
    boolean des = algorithm.endsWith("tripledes-cbc");
    int block = des ? 8 : 16;
    byte[] iv = new byte[gcm ? 12 : block];
    RANDOM.nextBytes(iv);
    Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : des ? "DESede/CBC/NoPadding" : "AES/CBC/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, des ? "DESede" : "AES"), gcm ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv));
    byte[] padded = gcm ? PLAIN : Arrays.copyOf(PLAIN, (PLAIN.length / block + 1) * block);
    if (!gcm) padded[padded.length - 1] = (byte) (padded.length - PLAIN.length);
    byte[] sealed = cipher.doFinal(padded);
    byte[] octets = Arrays.copyOf(iv, iv.length + sealed.length);
    System.arraycopy(sealed, 0, octets, iv.length, sealed.length);
    return octets;
  }

  private static String data(byte[] octets) {
    return "<xenc:CipherData><xenc:CipherValue>" + base64(octets) + "</xenc:CipherValue></xenc:CipherData>";
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
  }
}
