package io.narthex.http.internal.net;

import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.client.Authentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.jspecify.annotations.Nullable;

/** Which proxy a request goes through: one for all, or by the environment's rules. */
public final class ProxyRules {

  /**
   * @param scheme of the targets it serves, null for both
   */
  private record Rule(URI proxy, @Nullable String scheme) {}

  private final List<Rule> rules;
  private final @Nullable NoProxy direct;
  private final Map<String, List<Secret>> connectHeader;

  private ProxyRules(
      List<Rule> rules, @Nullable NoProxy direct, Map<String, List<Secret>> connectHeader) {
    this.rules = rules;
    this.direct = direct;
    this.connectHeader = connectHeader;
  }

  /**
   * @param environment looks a variable up, gives null if it is not set
   * @throws URISyntaxException if a proxy's URL can't be used
   */
  public static ProxyRules of(ProxyConfig config, UnaryOperator<@Nullable String> environment)
      throws URISyntaxException {
    List<Rule> rules = new ArrayList<>();
    if (config.fromEnvironment()) {
      String http = variable(environment, "HTTP_PROXY");
      String https = variable(environment, "HTTPS_PROXY");
      if (!http.isEmpty()) {
        rules.add(new Rule(proxy(http), "http"));
      }
      if (!https.isEmpty()) {
        rules.add(new Rule(proxy(https), "https"));
      }
      String except = variable(environment, "NO_PROXY");
      return new ProxyRules(rules, new NoProxy(except), config.connectHeader());
    }
    if (!config.url().isEmpty()) {
      rules.add(new Rule(proxy(config.url()), null));
    }
    NoProxy direct = config.noProxy().isEmpty() ? null : new NoProxy(config.noProxy());
    return new ProxyRules(rules, direct, config.connectHeader());
  }

  private static String variable(UnaryOperator<@Nullable String> environment, String name) {
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      value = environment.apply(name.toLowerCase(Locale.ROOT));
    }
    return value == null ? "" : value;
  }

  private static URI proxy(String url) throws URISyntaxException {
    URI uri = new URI(url.contains("://") ? url : "http://" + url);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null) {
      throw new URISyntaxException(redacted(uri, url), "proxy URL has no host");
    }
    switch (scheme) {
      case "http", "https", "socks5", "socks5h" -> {
        return uri;
      }
      default ->
          throw new URISyntaxException(
              redacted(uri, url), "proxyconnect: unknown scheme: " + scheme);
    }
  }

  private static String redacted(URI uri, String url) {
    String user = uri.getRawUserInfo();
    return user == null ? url : url.replace(user, "xxxxx");
  }

  void addTo(HttpClient client) {
    for (Rule rule : rules) {
      URI uri = rule.proxy;
      String user = uri.getUserInfo();
      if (uri.getScheme().startsWith("socks5")) {
        client.getProxyConfiguration().addProxy(socks(rule));
        continue;
      }
      boolean secure = uri.getScheme().equalsIgnoreCase("https");
      Origin.Address address = new Origin.Address(uri.getHost(), port(uri, secure ? 443 : 80));
      ProxyConfiguration.Proxy proxy =
          new HttpProxy(address, secure) {
            @Override
            public boolean matches(Origin origin) {
              return !getAddress().equals(origin.getAddress()) && serves(rule, origin);
            }
          };
      client.getProxyConfiguration().addProxy(proxy);
      if (user != null || !connectHeader.isEmpty()) {
        client
            .getAuthenticationStore()
            .addAuthenticationResult(
                new ProxyHeaders(
                    java.util.Objects.requireNonNull(proxy.getURI()),
                    user == null ? "" : basic(uri.getRawUserInfo()),
                    connectHeader));
      }
    }
  }

  private Socks5Proxy socks(Rule rule) {
    Socks5Proxy proxy =
        new Socks5Proxy(rule.proxy.getHost(), port(rule.proxy, 1080)) {
          @Override
          public boolean matches(Origin origin) {
            return serves(rule, origin);
          }
        };
    String user = rule.proxy.getRawUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      String name = decode(colon < 0 ? user : user.substring(0, colon));
      String password = colon < 0 ? "" : decode(user.substring(colon + 1));
      proxy.putAuthenticationFactory(
          new Socks5.UsernamePasswordAuthenticationFactory(name, password));
    }
    return proxy;
  }

  private boolean serves(Rule rule, Origin origin) {
    if (rule.scheme != null && !rule.scheme.equalsIgnoreCase(origin.getScheme())) {
      return false;
    }
    Origin.Address address = origin.getAddress();
    return direct == null || !direct.covers(address.getHost(), address.getPort());
  }

  private static int port(URI uri, int otherwise) {
    return uri.getPort() < 0 ? otherwise : uri.getPort();
  }

  private static String basic(String rawUser) {
    int colon = rawUser.indexOf(':');
    String pair =
        colon < 0
            ? decode(rawUser) + ":"
            : decode(rawUser.substring(0, colon)) + ":" + decode(rawUser.substring(colon + 1));
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** What a proxy alone is told; Jetty asks for it by the proxy's URI. */
  private record ProxyHeaders(
      URI uri, String authorization, Map<String, List<Secret>> connectHeader)
      implements Authentication.Result {
    @Override
    public URI getURI() {
      return uri;
    }

    @Override
    public void apply(Request request) {
      request.headers(headers -> {
        if (!authorization.isEmpty()) {
          headers.put("Proxy-Authorization", authorization);
        }
        if (request.getMethod().equals("CONNECT")) {
          connectHeader.forEach(
              (name, values) -> values.forEach(v -> headers.add(name, v.reveal())));
        }
      });
    }
  }
}
