import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The JDK's XML signature verifier over one file, some times: prints the seconds of each verification (parse included), then the verdict. */
public final class VerifySignatures {
    private static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    public static void main(String[] args) throws Exception {
        byte[] octets = Files.readAllBytes(Path.of(args[0]));
        String pem = Files.readString(Path.of(args[1])).replaceAll("-----[^-]*-----|\\s", "");
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        boolean valid = true;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            valid &= verify(octets, key);
            System.out.println((System.nanoTime() - start) / 1e9);
        }
        System.out.println(valid ? "valid" : "invalid");
        if (!valid) System.exit(1);
    }

    private static boolean verify(byte[] octets, PublicKey key) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(octets));
        NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        DOMValidateContext context = new DOMValidateContext(key, signatures.item(0));
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttributeNS(WSU, "Id")) context.setIdAttributeNS(element, WSU, "Id");
        }
        return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context).validate(context);
    }
}
