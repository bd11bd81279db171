package io.narthex.http.internal.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A token as its server gave it.
 *
 * @param seconds it lives from now on, 0 for ever
 */
record Token(String accessToken, String type, long seconds) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a token answer: JSON, or a form where the content type says so. */
  static Token parse(String contentType, byte[] body) throws IOException {
    int semicolon = contentType.indexOf(';');
    String media = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    boolean form =
        media.equalsIgnoreCase("application/x-www-form-urlencoded")
            || media.equalsIgnoreCase("text/plain");
    Map<String, String> fields = form ? form(body) : json(body);
    String access = fields.getOrDefault("access_token", "");
    String error = fields.getOrDefault("error", "");
    if (!error.isEmpty()) {
      String description = fields.getOrDefault("error_description", "");
      throw new IOException(
          "oauth2: \"" + error + "\"" + (description.isEmpty() ? "" : " \"" + description + "\""));
    }
    if (access.isEmpty()) {
      throw new IOException("oauth2: server response missing access_token");
    }
    return new Token(access, type(fields.getOrDefault("token_type", "")), seconds(fields));
  }

  private static String type(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "", "bearer" -> "Bearer";
      case "mac" -> "MAC";
      case "basic" -> "Basic";
      default -> type;
    };
  }

  private static long seconds(Map<String, String> fields) throws IOException {
    String text = fields.getOrDefault("expires_in", "");
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Math.clamp((long) Double.parseDouble(text), 0, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw new IOException("oauth2: cannot parse expires_in: " + text, e);
    }
  }

  private static Map<String, String> json(byte[] body) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("oauth2: cannot parse json: an object is expected");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          fields.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException("oauth2: cannot parse json: " + e.getOriginalMessage(), e);
    }
    return fields;
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int eq = pair.indexOf('=');
      if (eq > 0) {
        fields.put(decode(pair.substring(0, eq)), decode(pair.substring(eq + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
