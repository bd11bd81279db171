package io.narthex.http.internal.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.http.internal.tls.Pem;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes and signs the claim with which a client asks for a token (RFC 7523). */
final class JwtAssertion {
  private static final long LIFETIME_SECONDS = 3600;
  private static final JsonFactory JSON = new JsonFactory();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private JwtAssertion() {}

  /**
   * @param now seconds of the epoch
   */
  static String sign(HttpClientConfig.OAuth2 section, String keyPem, long now) throws IOException {
    String algorithm =
        section.signatureAlgorithm().isEmpty() ? "RS256" : section.signatureAlgorithm();
    String signed =
        base64(header(section, algorithm).getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims(section, now).getBytes(StandardCharsets.UTF_8));
    try {
      PrivateKey key = Pem.privateKey(keyPem.getBytes(StandardCharsets.UTF_8));
      Signature signature = Signature.getInstance("SHA" + algorithm.substring(2) + "withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IOException("oauth2: cannot sign JWT assertion: " + e.getMessage(), e);
    }
  }

  private static String header(HttpClientConfig.OAuth2 section, String algorithm)
      throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("alg", algorithm);
      json.writeStringField("typ", "JWT");
      if (!section.clientCertificateKeyId().isEmpty()) {
        json.writeStringField("kid", section.clientCertificateKeyId());
      }
      json.writeEndObject();
    }
    return out.toString();
  }

  private static String claims(HttpClientConfig.OAuth2 section, long now) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField(
          "iss", section.issuer().isEmpty() ? section.clientId() : section.issuer());
      json.writeStringField("sub", section.clientId());
      json.writeStringField("jti", UUID.randomUUID().toString());
      json.writeStringField(
          "aud", section.audience().isEmpty() ? section.tokenUrl() : section.audience());
      json.writeNumberField("iat", now);
      json.writeNumberField("exp", now + LIFETIME_SECONDS);
      if (!section.scopes().isEmpty()) {
        json.writeStringField("scope", String.join(" ", section.scopes()));
      }
      for (Map.Entry<String, Object> claim : section.claims().entrySet()) {
        json.writeFieldName(claim.getKey());
        write(json, claim.getValue());
      }
      json.writeEndObject();
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Boolean b -> json.writeBoolean(b);
      case Integer i -> json.writeNumber(i);
      case Long l -> json.writeNumber(l);
      case Double d -> json.writeNumber(d);
      case List<?> list -> {
        json.writeStartArray();
        for (Object o : list) {
          write(json, o);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> e : map.entrySet()) {
          json.writeFieldName(String.valueOf(e.getKey()));
          write(json, e.getValue());
        }
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }

  private static String base64(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}
