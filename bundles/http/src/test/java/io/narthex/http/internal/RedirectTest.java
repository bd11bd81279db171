package io.narthex.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpResponse;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedirectTest extends ClientTest {

  private RawServer target() throws Exception {
    return serving(RawServer.answering(p -> p.answer("200 OK", "there")));
  }

  private RawServer redirecting(String location) throws Exception {
    return serving(RawServer.answering(p -> p.answer("302 Found", "", "Location: " + location)));
  }

  @Test
  void credentialsGoToTheSameHostAndNotToAnother() throws Exception {
    RawServer there = target();
    RawServer same = redirecting(there.uri("/x").toString());
    HttpClient client = client(basic("user", "word"));
    assertThat(body(client, same.uri("/"))).isEqualTo("there");
    assertThat(there.requests().getFirst()).contains("Authorization: Basic");
    URI other = URI.create("http://localhost:" + there.port() + "/y");
    RawServer away = redirecting(other.toString());
    assertThat(body(client, away.uri("/"))).isEqualTo("there");
    assertThat(away.requests().getFirst()).contains("Authorization: Basic");
    assertThat(there.requests().getLast()).startsWith("GET /y").doesNotContain("Authorization");
  }

  @Test
  void relativeLocationsAreFollowed() throws Exception {
    RawServer server =
        serving(
            RawServer.plain(p -> {
              String head = p.head();
              while (!head.isEmpty()) {
                if (head.startsWith("GET /a/b ")) {
                  p.answer("307 Temporary Redirect", "", "Location: ../c?d=1");
                } else {
                  p.answer("200 OK", head.lines().findFirst().orElseThrow());
                }
                head = p.head();
              }
            }));
    assertThat(body(client(), server.uri("/a/b"))).isEqualTo("GET /c?d=1 HTTP/1.1");
  }

  @Test
  void endlessRedirectsEnd() throws Exception {
    RawServer server = redirecting("/again");
    try (HttpClient client = client()) {
      assertThatThrownBy(() -> client.send(get(server.uri("/"))))
          .hasMessageContaining("stopped after 10 redirects");
    }
    assertThat(server.requests()).hasSize(10);
  }

  @Test
  void redirectsCanBeLeftToTheCaller() throws Exception {
    RawServer server = redirecting("/elsewhere");
    HttpClientConfig config =
        new HttpClientConfig(
            null, null, null, TlsConfig.DEFAULT, false, true, ProxyConfig.NONE, Map.of());
    try (HttpResponse r = client(config).send(get(server.uri("/")))) {
      assertThat(r.status()).isEqualTo(302);
      assertThat(r.header("location")).isEqualTo("/elsewhere");
    }
  }
}
