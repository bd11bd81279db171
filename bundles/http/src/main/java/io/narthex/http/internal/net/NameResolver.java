package io.narthex.http.internal.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/** Looks host names up on threads that may block; addresses need no look-up. */
final class NameResolver implements SocketAddressResolver {
  private final Executor lookups;

  NameResolver(Executor lookups) {
    this.lookups = lookups;
  }

  @Override
  public void resolve(String host, int port, Promise<List<InetSocketAddress>> promise) {
    if (isLiteral(host)) {
      lookUp(host, port, promise);
      return;
    }
    try {
      lookups.execute(() -> lookUp(host, port, promise));
    } catch (RejectedExecutionException e) {
      promise.failed(e);
    }
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static void lookUp(String host, int port, Promise<List<InetSocketAddress>> promise) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    try {
      for (InetAddress a : InetAddress.getAllByName(host)) {
        addresses.add(new InetSocketAddress(a, port));
      }
    } catch (UnknownHostException e) {
      promise.failed(
          new DialException(
              DialException.Reason.RESOLUTION, "lookup " + host + ": " + reason(e, host), e));
      return;
    }
    promise.succeeded(addresses);
  }

  private static String reason(UnknownHostException e, String host) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("Temporary failure")) {
      return "server misbehaving";
    }
    if (text.equals(host)
        || text.contains("Name or service not known")
        || text.contains("No address associated")
        || text.contains("nodename nor servname")) {
      return "no such host";
    }
    return text;
  }
}
