package io.narthex.web.api.internal;

import io.narthex.api.web.WebServerView;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** The URL under which others reach a target: one on this machine is known by our own name. */
final class GlobalUrl {

  private final URI external;
  private final int ownPort;

  GlobalUrl(WebServerView web) {
    external = web.externalUrl();
    ownPort = web.listening().stream().findFirst().map(InetSocketAddress::getPort).orElse(-1);
  }

  String of(String scrapeUrl) {
    try {
      URI url = new URI(scrapeUrl);
      String host = url.getHost();
      if (host == null
          || !(host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"))) {
        return scrapeUrl;
      }
      // Our own port may be mapped to another one outside; those of others are as they are.
      boolean own = url.getPort() == ownPort;
      String scheme = own ? external.getScheme() : url.getScheme();
      String authority =
          own
              ? external.getAuthority()
              : url.getPort() < 0 ? external.getHost() : external.getHost() + ":" + url.getPort();
      String path = url.getRawPath() == null ? "" : url.getRawPath();
      String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
      return scheme + "://" + authority + path + query;
    } catch (URISyntaxException e) {
      return scrapeUrl; // Shown as it is.
    }
  }
}
