package io.narthex.web.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Which clients are let in, by their address. */
final class Clients {
  /** A proxy adds these: then the connection's address is the proxy's and says nothing. */
  private static final List<String> PROXIED =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final List<Network> networks;
  private final boolean loopbackOnly;

  /**
   * @throws IllegalArgumentException if one is no network
   */
  Clients(String... networks) {
    this.networks = Arrays.stream(networks).map(String::strip).map(Network::parse).toList();
    loopbackOnly = this.networks.stream().allMatch(n -> n.base().isLoopbackAddress());
  }

  boolean admit(HttpServletRequest request) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(request.getRemoteAddr());
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (networks.stream().noneMatch(n -> n.contains(address))) {
      return false;
    }
    // A proxy on this machine would make the whole world look local.
    return !loopbackOnly || PROXIED.stream().allMatch(h -> request.getHeader(h) == null);
  }
}
