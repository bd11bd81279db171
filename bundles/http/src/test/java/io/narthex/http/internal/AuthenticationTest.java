package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.tls.Pem;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthenticationTest extends ClientTest {

  private RawServer server() throws Exception {
    return serving(RawServer.answering(p -> p.answer("200 OK", "")));
  }

  private static HttpClientConfig with(
      HttpClientConfig.@Nullable Authorization authorization,
      HttpClientConfig.@Nullable OAuth2 oauth2) {
    return new HttpClientConfig(
        null, authorization, oauth2, TlsConfig.DEFAULT, true, true, ProxyConfig.NONE, Map.of());
  }

  private static HttpClientConfig.OAuth2 clientCredentials(URI tokenUrl) {
    return new HttpClientConfig.OAuth2(
        "me",
        new Secret("s3cret"),
        "",
        "",
        "",
        Secret.NONE,
        "",
        "",
        "",
        "",
        "",
        "",
        Map.of(),
        List.of("read", "write"),
        tokenUrl.toString(),
        Map.of("audience", "all"),
        TlsConfig.DEFAULT,
        ProxyConfig.NONE);
  }

  private String sent(HttpClientConfig config) throws Exception {
    RawServer server = server();
    body(client(config), server.uri("/"));
    return server.requests().getLast();
  }

  @Test
  void basicAndConfiguredHeadersAreSent() throws Exception {
    String word = Base64.getEncoder().encodeToString("user:word".getBytes(StandardCharsets.UTF_8));
    assertThat(sent(basic("user", "word")))
        .contains("Authorization: Basic " + word)
        .containsSubsequence("X-Custom: a", "X-Custom: b");
  }

  @Test
  void bearerCredentialsComeFromTextOrFile(@TempDir Path dir) throws Exception {
    assertThat(
            sent(
                with(
                    new HttpClientConfig.Authorization("Bearer", new Secret("abc"), "", ""), null)))
        .contains("Authorization: Bearer abc");
    Path file = Files.writeString(dir.resolve("token"), " from-file \n");
    assertThat(
            sent(
                with(
                    new HttpClientConfig.Authorization("Token", Secret.NONE, file.toString(), ""),
                    null)))
        .contains("Authorization: Token from-file\r\n");
  }

  @Test
  void anAuthorizationOfTheRequestIsNotReplaced() throws Exception {
    RawServer server = server();
    HttpRequest own = HttpRequest.get(server.uri("/"), Map.of("Authorization", "Mine"), LONG);
    try (HttpClient client = client(basic("user", "word"));
        HttpResponse r = client.send(own)) {
      assertThat(r.status()).isEqualTo(200);
    }
    assertThat(server.requests().getLast()).contains("Authorization: Mine").doesNotContain("Basic");
  }

  @Test
  void tokensAreFetchedOnceAndAgainWhenTheyExpire() throws Exception {
    RawServer tokens =
        serving(
            RawServer.answering(p ->
                p.answer(
                    "200 OK",
                    "{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":60}",
                    "Content-Type: application/json")));
    RawServer server = server();
    HttpClient client = client(with(null, clientCredentials(tokens.uri("/token"))));
    body(client, server.uri("/"));
    body(client, server.uri("/"));
    assertThat(server.requests()).hasSize(2).allMatch(r -> r.contains("Authorization: Bearer t1"));
    assertThat(tokens.requests()).hasSize(1);
    assertThat(tokens.requests().getFirst()).startsWith("POST /token");
    now = now.plus(Duration.ofMinutes(2));
    body(client, server.uri("/"));
    // The body of the first request is read with the head of the second.
    assertThat(tokens.requests().stream().filter(r -> r.contains("POST /token"))).hasSize(2);
  }

  @Test
  void anAssertionIsSignedWithTheKey() throws Exception {
    Queue<String> forms = new ConcurrentLinkedQueue<>();
    RawServer tokens =
        serving(
            RawServer.plain(p -> {
              String head = p.head();
              String length = head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
              forms.add(
                  new String(p.in().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
              p.answer(
                  "200 OK",
                  "{\"access_token\":\"j1\",\"token_type\":\"Bearer\"}",
                  "Content-Type: application/json");
            }));
    HttpClientConfig.OAuth2 section =
        new HttpClientConfig.OAuth2(
            "me",
            Secret.NONE,
            "",
            "",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            new Secret(RawServer.text("client.key")),
            "",
            "",
            "key-1",
            "RS256",
            "",
            "",
            Map.of("extra", "yes"),
            List.of("read"),
            tokens.uri("/token").toString(),
            Map.of(),
            TlsConfig.DEFAULT,
            ProxyConfig.NONE);
    RawServer server = server();
    body(client(with(null, section)), server.uri("/"));
    assertThat(server.requests().getFirst()).contains("Authorization: Bearer j1");
    String form = URLDecoder.decode(forms.element(), StandardCharsets.UTF_8);
    assertThat(form).contains("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer");
    String assertion = form.replaceAll("(?s).*assertion=([^&]+).*", "$1");
    String[] parts = assertion.split("\\.");
    assertThat(decoded(parts[0])).contains("\"alg\":\"RS256\"", "\"kid\":\"key-1\"");
    assertThat(decoded(parts[1]))
        .contains("\"iss\":\"me\"", "\"aud\":\"" + tokens.uri("/token"), "\"extra\":\"yes\"");
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(Pem.certificates(RawServer.resource("client.pem")).getFirst());
    check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  private static String decoded(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Test
  void aRefusedTokenFailsTheRequestWithoutTheSecret() throws Exception {
    RawServer tokens =
        serving(
            RawServer.answering(p ->
                p.answer(
                    "401 Unauthorized",
                    "{\"error\":\"invalid_client\"}",
                    "Content-Type: application/json")));
    RawServer server = server();
    try (HttpClient client = client(with(null, clientCredentials(tokens.uri("/token"))))) {
      assertThatThrownBy(() -> client.send(get(server.uri("/"))))
          .hasMessageContaining("401")
          .hasMessageNotContaining("s3cret");
    }
    assertThat(server.requests()).isEmpty();
  }
}
