package io.narthex.http.internal.auth;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.SecretFile;
import io.narthex.http.internal.net.Deadline;
import io.narthex.http.internal.net.Target;
import io.narthex.http.internal.net.Transports;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens from an OAuth 2.0 server and keeps each until shortly before it expires, or until the
 * secret it was got with has changed.
 */
public final class OAuth2Tokens implements AutoCloseable {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final long EXPIRY_MARGIN_SECONDS = 10;
  private static final int MAX_ANSWER = 1 << 20;

  private final HttpClientConfig.OAuth2 section;
  private final Transports transports;
  private final InstantSource clock;
  private final URI tokenUri;
  private final Target target;
  private final ReentrantLock lock = new ReentrantLock();

  // Under the lock.
  private @Nullable Token token;
  private long expires = Long.MAX_VALUE;
  private String tokenSecret = "";
  private @Nullable Boolean secretInHeader;

  public OAuth2Tokens(HttpClientConfig.OAuth2 section, Transports transports, InstantSource clock)
      throws URISyntaxException {
    this.section = section;
    this.transports = transports;
    this.clock = clock;
    this.tokenUri = new URI(section.tokenUrl());
    this.target = Target.of(tokenUri);
  }

  /** The Authorization header with a token that is valid; one caller asks, the others wait. */
  String header(Deadline deadline) throws IOException, InterruptedException {
    String secret = secret();
    if (!lock.tryLock(
        deadline.remaining().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
      throw new HttpTimeoutException("context deadline exceeded");
    }
    try {
      long now = clock.instant().getEpochSecond();
      Token valid = token;
      if (valid == null || now >= expires || !secret.equals(tokenSecret)) {
        valid = isJwtBearer() ? byAssertion(secret, now, deadline) : bySecret(secret, deadline);
        token = valid;
        tokenSecret = secret;
        expires =
            valid.seconds() == 0 ? Long.MAX_VALUE : now + valid.seconds() - EXPIRY_MARGIN_SECONDS;
      }
      return valid.type() + " " + valid.accessToken();
    } finally {
      lock.unlock();
    }
  }

  private boolean isJwtBearer() {
    return section.grantType().equals(JWT_BEARER);
  }

  private String secret() throws IOException {
    boolean jwt = isJwtBearer();
    String file = jwt ? section.clientCertificateKeyFile() : section.clientSecretFile();
    if (file.isEmpty()) {
      return (jwt ? section.clientCertificateKey() : section.clientSecret()).reveal();
    }
    try {
      return SecretFile.text(file);
    } catch (IOException e) {
      String what = jwt ? "oauth2 client certificate key: " : "oauth2 client secret: ";
      throw new IOException("unable to read " + what + e.getMessage(), e);
    }
  }

  private Token byAssertion(String key, long now, Deadline deadline)
      throws IOException, InterruptedException {
    Map<String, String> form = form(JWT_BEARER);
    form.put("assertion", JwtAssertion.sign(section, key, now));
    return ask(form, null, deadline);
  }

  /** Servers differ in where they want the secret; the way that works is remembered. */
  private Token bySecret(String secret, Deadline deadline)
      throws IOException, InterruptedException {
    Map<String, String> form = form("client_credentials");
    String pair = encode(section.clientId()) + ":" + encode(secret);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    if (secretInHeader == null || secretInHeader) {
      try {
        Token t = ask(form, basic, deadline);
        secretInHeader = true;
        return t;
      } catch (RefusedToken e) {
        if (secretInHeader != null) {
          throw e;
        }
      }
    }
    form.put("client_id", section.clientId());
    if (!secret.isEmpty()) {
      form.put("client_secret", secret);
    }
    Token t = ask(form, null, deadline);
    secretInHeader = false;
    return t;
  }

  private Map<String, String> form(String grantType) {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", grantType);
    if (!section.scopes().isEmpty()) {
      form.put("scope", String.join(" ", section.scopes()));
    }
    form.putAll(section.endpointParams());
    return form;
  }

  private Token ask(Map<String, String> form, @Nullable String authorization, Deadline deadline)
      throws IOException, InterruptedException {
    StringBuilder body = new StringBuilder();
    form.forEach((name, value) ->
        body.append(body.isEmpty() ? "" : "&")
            .append(encode(name))
            .append('=')
            .append(encode(value)));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Content-Type", List.of("application/x-www-form-urlencoded"));
    if (authorization != null) {
      headers.put("Authorization", List.of(authorization));
    }
    byte[] sent = body.toString().getBytes(StandardCharsets.UTF_8);
    HttpResponse response;
    try {
      response = transports.send("POST", target, headers, sent, null, deadline);
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("Post \"" + Target.printable(tokenUri) + "\": " + e.getMessage(), e);
    }
    try (response) {
      byte[] answer = response.body().readNBytes(MAX_ANSWER);
      if (response.status() < 200 || response.status() > 299) {
        throw new RefusedToken(
            "oauth2: cannot fetch token: "
                + response.statusText()
                + "\nResponse: "
                + new String(answer, StandardCharsets.UTF_8));
      }
      return Token.parse(response.header("Content-Type"), answer);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    transports.close();
  }

  /** The server answered, and not with a token. */
  private static final class RefusedToken extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedToken(String message) {
      super(message);
    }
  }
}
