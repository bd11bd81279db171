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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
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
    HttpRequest own =
        HttpRequest.get(server.uri("/"), Map.of("Authorization", "Mine"), Duration.ofSeconds(20));
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
