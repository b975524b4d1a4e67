package interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.ext.Attachment;
import org.apache.wss4j.common.ext.AttachmentRemovalCallback;
import org.apache.wss4j.common.ext.AttachmentRequestCallback;
import org.apache.wss4j.common.ext.AttachmentResultCallback;

/** The attachments of one message: WSS4J asks for them and gives back what it made of them; then they are written as MIME. */
final class Parts implements CallbackHandler {
  record Part(String id, Map<String, String> headers, byte[] octets) {}

  private final Map<String, Part> parts = new LinkedHashMap<>();

  Parts add(String id, byte[] octets, String... headers) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Content-ID", "<" + id + ">");
    for (int at = 0; at < headers.length; at += 2) fields.put(headers[at], headers[at + 1]);
    parts.put(id, new Part(id, fields, octets));
    return this;
  }

  Parts copy() {
    Parts other = new Parts();
    parts.forEach((id, part) -> other.parts.put(id, new Part(id, new LinkedHashMap<>(part.headers()), part.octets())));
    return other;
  }

  byte[] octetsOf(String id) {
    Part part = parts.get(id);
    return part == null ? null : part.octets();
  }

  @Override
  public void handle(Callback[] callbacks) throws IOException {
    for (Callback callback : callbacks) {
      if (callback instanceof AttachmentRequestCallback request) {
        List<Attachment> given = new ArrayList<>();
        String wanted = request.getAttachmentId();
        for (Part part : parts.values()) if (wanted == null || wanted.equals("Attachments") || wanted.equals(part.id())) given.add(attachment(part));
        request.setAttachments(given);
        if (request.isRemoveAttachments()) given.forEach(one -> parts.remove(one.getId()));
      } else if (callback instanceof AttachmentResultCallback result) {
        Attachment made = result.getAttachment();
        Map<String, String> fields = new LinkedHashMap<>(made.getHeaders());
        // An encrypted part is application/octet-stream (SWA 1.1 §5.5.2); its own type stands in EncryptedData/@MimeType.
        if (made.getMimeType() != null) fields.put("Content-Type", made.getMimeType());
        fields.putIfAbsent("Content-ID", "<" + made.getId() + ">");
        parts.put(made.getId(), new Part(made.getId(), fields, made.getSourceStream().readAllBytes()));
      } else if (callback instanceof AttachmentRemovalCallback removal) {
        parts.remove(removal.getAttachmentId());
      }
    }
  }

  private static Attachment attachment(Part part) {
    Attachment one = new Attachment();
    one.setId(part.id());
    one.setMimeType(part.headers().get("Content-Type"));
    one.addHeaders(part.headers());
    one.setSourceStream(new ByteArrayInputStream(part.octets()));
    return one;
  }

  /** A MIME multipart; `encoded`: every part but the first travels in base64. */
  byte[] multipart(byte[] root, boolean xop, boolean http, boolean encoded) throws IOException {
    String boundary = "----=_interop_7d3f";
    String rootType = xop ? "application/xop+xml; charset=UTF-8; type=\"text/xml\"" : "text/xml; charset=UTF-8";
    String type = "multipart/related; type=\"" + (xop ? "application/xop+xml" : "text/xml") + "\"; start=\"<root@interop>\"" + (xop ? "; start-info=\"text/xml\"" : "") + "; boundary=\"" + boundary + "\"";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, (http ? "POST /orders HTTP/1.1\r\nHost: receiver.example\r\nSOAPAction: \"\"\r\n" : "MIME-Version: 1.0\r\n") + "Content-Type: " + type + "\r\n\r\n");
    write(out, "--" + boundary + "\r\nContent-Type: " + rootType + "\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root@interop>\r\n\r\n");
    out.write(root);
    for (Part part : parts.values()) {
      write(out, "\r\n--" + boundary + "\r\n");
      for (var field : part.headers().entrySet()) write(out, field.getKey() + ": " + field.getValue() + "\r\n");
      write(out, "Content-Transfer-Encoding: " + (encoded ? "base64" : "binary") + "\r\n\r\n");
      out.write(encoded ? Base64.getMimeEncoder().encode(part.octets()) : part.octets());
    }
    write(out, "\r\n--" + boundary + "--\r\n");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
