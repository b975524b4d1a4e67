package interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes messages and their manifest. */
final class Fixtures {
  private final Path folder;
  private final List<String> entries = new ArrayList<>();

  Fixtures(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  /**
   * @param expected what a receiver with the keys must find: JSON members, values already JSON
   */
  void add(String id, String extension, byte[] message, String what, String by, List<String> keys, Map<String, String> expected) throws Exception {
    Files.write(folder.resolve(id + extension), message);
    StringBuilder entry = new StringBuilder("    { \"id\": " + quoted(id) + ", \"file\": " + quoted(id + extension) + ", \"what\": " + quoted(what) + ",\n      \"by\": " + quoted(by)
      + ", \"keys\": " + list(keys) + ", \"sha256\": " + quoted(sha256(message)) + ",\n      \"expect\": {");
    boolean first = true;
    for (var member : expected.entrySet()) {
      entry.append(first ? " " : ", ").append(quoted(member.getKey())).append(": ").append(member.getValue());
      first = false;
    }
    entries.add(entry.append(" } }").toString());
  }

  void finish(String name) throws Exception {
    Files.writeString(folder.resolve(name), "{\n  \"at\": \"" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\",\n  \"anchors\": [\"ca\"],\n  \"entries\": [\n" + String.join(",\n", entries) + "\n  ]\n}\n");
  }

  static String sha256(byte[] octets) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
  }

  static String list(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(Fixtures::quoted).toList()) + "]";
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
