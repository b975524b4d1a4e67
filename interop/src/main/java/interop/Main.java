package interop;

import java.nio.file.Path;
import java.security.Security;
import org.apache.wss4j.dom.engine.WSSConfig;

/** Makes the fixtures of WSS4J 4 and Santuario 4, with keys of their own, in the folder named by the first argument. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    WSSConfig.init();
    if (Security.getProvider("BC") != null) Security.removeProvider("BC");
    Keys keys = new Keys();
    keys.write(folder.resolve("keys"));
    Fixtures fixtures = new Fixtures(folder);
    new AttachmentMessages(keys, fixtures).write();
    new AgreementMessages(keys, fixtures).write();
    new TransportMessages(keys, fixtures).write();
    new SignatureMessages(keys, fixtures).write();
    fixtures.finish("manifest.json");
  }
}
