package io.narthex.http.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ProxyConfig;
import java.net.URISyntaxException;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.junit.jupiter.api.Test;

final class EnvironmentProxyTest {
  private static final ProxyConfig FROM_ENVIRONMENT = new ProxyConfig("", "", true, Map.of());

  /** Host and port of the proxy for an origin, empty for none. */
  private static String proxy(Map<String, String> environment, String scheme, String host)
      throws URISyntaxException {
    HttpClient client = new HttpClient();
    ProxyRules.of(FROM_ENVIRONMENT, environment::get).addTo(client);
    ProxyConfiguration.Proxy proxy =
        client.getProxyConfiguration().match(new Origin(scheme, host, 80));
    return proxy == null ? "" : proxy.getAddress().asString();
  }

  @Test
  void eachSchemeHasItsVariable() throws URISyntaxException {
    Map<String, String> environment =
        Map.of("HTTP_PROXY", "http://plain.test:3128", "https_proxy", "secure.test:3129");
    assertThat(proxy(environment, "http", "a.test")).isEqualTo("plain.test:3128");
    assertThat(proxy(environment, "https", "a.test")).isEqualTo("secure.test:3129");
    assertThat(proxy(Map.of("HTTP_PROXY", "http://p.test:1"), "https", "a.test")).isEmpty();
  }

  @Test
  void exceptionsAreReachedDirectly() throws URISyntaxException {
    Map<String, String> environment =
        Map.of("HTTP_PROXY", "http://plain.test:3128", "NO_PROXY", "a.test,.b.test");
    assertThat(proxy(environment, "http", "a.test")).isEmpty();
    assertThat(proxy(environment, "http", "x.b.test")).isEmpty();
    assertThat(proxy(environment, "http", "c.test")).isEqualTo("plain.test:3128");
  }

  @Test
  void anUnknownSchemeIsRefusedWithoutItsPassword() {
    assertThatThrownBy(
            () -> proxy(Map.of("HTTP_PROXY", "ftp://user:word@p.test"), "http", "a.test"))
        .isInstanceOf(URISyntaxException.class)
        .hasMessageContaining("ftp")
        .hasMessageNotContaining("word");
  }
}
