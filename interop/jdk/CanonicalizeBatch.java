import com.sun.org.apache.xml.internal.security.Init;
import com.sun.org.apache.xml.internal.security.c14n.Canonicalizer;
import com.sun.org.apache.xml.internal.security.utils.XMLUtils;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The JDK's own canonicalizer as an oracle for tests. Reads jobs from standard input, one a line, fields apart by tabs:
 * the document in base64, the algorithm URI, the PrefixList, and what to canonicalize: "document", "element N" (the
 * Nth in document order, from 0), or "set SEED PERCENT" (see collect). Writes one line a job: base64 octets, or "! " and an error.
 */
public final class CanonicalizeBatch {
    private static int ordinal;

    public static void main(String[] arguments) throws Exception {
        Init.init();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, false, "UTF-8");
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            String[] fields = line.split("\t", -1);
            try {
                Document document = builder.parse(new ByteArrayInputStream(Base64.getDecoder().decode(fields[0])));
                answers.println(Base64.getEncoder().encodeToString(run(document, fields[1], fields[2], fields[3])));
            } catch (Exception error) {
                answers.println("! " + String.valueOf(error.getMessage()).replace('\n', ' '));
            }
        }
        answers.flush();
    }

    private static byte[] run(Document document, String uri, String prefixes, String what) throws Exception {
        Canonicalizer canonicalizer = Canonicalizer.getInstance(uri);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (what.startsWith("set ")) {
            // Puts every namespace in scope on every element, as its XPath transform does.
            XMLUtils.circumventBug2650(document);
            Set<Node> set = new LinkedHashSet<>();
            ordinal = -1;
            String[] numbers = what.substring(4).split(" ");
            collect(document, -1, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), set);
            if (prefixes.isEmpty()) canonicalizer.canonicalizeXPathNodeSet(set, out);
            else canonicalizer.canonicalizeXPathNodeSet(set, prefixes, out);
            return out.toByteArray();
        }
        Node apex = what.equals("document") ? document : document.getElementsByTagName("*").item(Integer.parseInt(what.substring(8)));
        if (prefixes.isEmpty()) canonicalizer.canonicalizeSubtree(apex, out);
        else canonicalizer.canonicalizeSubtree(apex, prefixes, out);
        return out.toByteArray();
    }

    /** Most elements, most of what is not an element, and that percentage of the namespace nodes of the elements taken. */
    private static void collect(Node parent, int parentOrdinal, int seed, int percent, Set<Node> set) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() != Node.ELEMENT_NODE) {
                if (keep(seed, parentOrdinal, "#content", 80)) set.add(child);
                continue;
            }
            int own = ++ordinal;
            boolean kept = keep(seed, own, "#element", 70);
            if (kept) set.add(child);
            NamedNodeMap attributes = ((Element) child).getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Attr attribute = (Attr) attributes.item(i);
                boolean namespace = attribute.getName().equals("xmlns") || attribute.getName().startsWith("xmlns:");
                // No namespace node stands for an undeclared default namespace; attributes follow their element here.
                boolean follows = !namespace || attribute.getValue().isEmpty();
                if (kept && (follows || keep(seed, own, attribute.getName(), percent))) set.add(attribute);
            }
            collect(child, own, seed, percent, set);
        }
    }

    /** Whether a node is in the set: the same arithmetic stands in the test. */
    private static boolean keep(int seed, int element, String name, int percent) {
        int hash = seed * 31 + element;
        hash = hash * 0x2c1b3c6d + name.hashCode();
        hash ^= hash >>> 15;
        hash *= 0x297a2d39;
        hash ^= hash >>> 13;
        return Integer.remainderUnsigned(hash, 100) < percent;
    }
}
