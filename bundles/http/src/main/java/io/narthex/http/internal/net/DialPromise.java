package io.narthex.http.internal.net;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.util.Promise;

/** Names address and cause when a socket can't be connected. */
final class DialPromise extends Promise.Wrapper<Connection> {
  private final SocketAddress address;
  private final Map<String, Object> context;

  DialPromise(Promise<Connection> promise, SocketAddress address, Map<String, Object> context) {
    super(promise);
    this.address = address;
    this.context = context;
  }

  @Override
  public void failed(Throwable x) {
    boolean connected = context.containsKey(SharedConnector.ESTABLISHED);
    super.failed(connected || x instanceof DialException ? x : failure(address, x));
  }

  static DialException failure(SocketAddress address, Throwable x) {
    boolean unix = address instanceof UnixDomainSocketAddress;
    String where = (unix ? "dial unix " : "dial tcp ") + text(address) + ": ";
    String message = String.valueOf(x.getMessage());
    if (x instanceof SocketTimeoutException
        || x instanceof TimeoutException
        || message.contains("timed out")) {
      return new DialException(DialException.Reason.TIMEOUT, where + "i/o timeout", x);
    }
    Throwable root =
        x.getCause() != null && message.startsWith("Could not connect") ? x.getCause() : x;
    String cause = "connect: " + String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT);
    boolean refused = x instanceof ConnectException && message.startsWith("Connection refused");
    return new DialException(
        refused ? DialException.Reason.REFUSED : DialException.Reason.UNKNOWN, where + cause, x);
  }

  static String text(SocketAddress address) {
    if (address instanceof InetSocketAddress i) {
      String host = i.getAddress() == null ? i.getHostString() : i.getAddress().getHostAddress();
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + i.getPort();
    }
    return address.toString();
  }
}
