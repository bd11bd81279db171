package io.narthex.web.api.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the parameters of a request: those of a form's body before those of the URL. */
final class FormReader {

  private static final int MAX_BODY = 10 << 20;
  private static final int MAX_PARAMETERS = 10_000;

  private FormReader() {}

  static Map<String, List<String>> read(HttpServletRequest request)
      throws IOException, ApiException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String type = request.getContentType();
    boolean form =
        type != null
            && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    if (form && !request.getMethod().equals("GET")) {
      parse(body(request), parameters);
    }
    String query = request.getQueryString();
    if (query != null) {
      parse(query, parameters);
    }
    return parameters;
  }

  private static String body(HttpServletRequest request) throws IOException, ApiException {
    if (request.getContentLengthLong() > MAX_BODY) {
      throw ApiException.badData("error parsing form values: http: POST too large");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    try (InputStream in = request.getInputStream()) {
      int n = in.read(piece);
      while (n >= 0) {
        body.write(piece, 0, n);
        if (body.size() > MAX_BODY) {
          throw ApiException.badData("error parsing form values: http: POST too large");
        }
        n = in.read(piece);
      }
    }
    return body.toString(StandardCharsets.ISO_8859_1);
  }

  private static void parse(String text, Map<String, List<String>> parameters) throws ApiException {
    int count = 0;
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('&', from);
      if (end < 0) {
        end = text.length();
      }
      if (end > from) {
        if (++count > MAX_PARAMETERS) {
          throw ApiException.badData("error parsing form values: too many parameters");
        }
        int equals = text.indexOf('=', from);
        String name = decode(text.substring(from, equals >= 0 && equals < end ? equals : end));
        String value = equals >= 0 && equals < end ? decode(text.substring(equals + 1, end)) : "";
        parameters.computeIfAbsent(name, k -> new ArrayList<>(2)).add(value);
      }
      from = end + 1;
    }
  }

  private static String decode(String text) throws ApiException {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0 && isAscii(text)) {
      return text;
    }
    // Bytes as they came, unless the server has read the URL as UTF-8 already.
    boolean bytes = text.chars().allMatch(c -> c <= 0xff);
    byte[] in = text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; i++) {
      byte b = in[i];
      if (b == '+') {
        out[n++] = ' ';
      } else if (b != '%') {
        out[n++] = b;
      } else {
        int high = i + 2 <= in.length - 1 ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 <= in.length - 1 ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          String bad = text.substring(i, Math.min(text.length(), i + 3));
          throw ApiException.badData(
              "error parsing form values: invalid URL escape \"" + bad + "\"");
        }
        out[n++] = (byte) (high << 4 | low);
        i += 2;
      }
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
