package io.narthex.http.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Promise;

/** Jetty's transport of HTTP/1.1 and HTTP/2, with errors that name what was dialed. */
final class DynamicTransport extends HttpClientTransportDynamic {

  DynamicTransport(ClientConnector connector, ClientConnectionFactory.Info... protocols) {
    super(connector, protocols);
  }

  @Override
  public void connect(SocketAddress address, Map<String, Object> context) {
    @SuppressWarnings("unchecked") // Jetty's contract for this key.
    Promise<Connection> promise =
        (Promise<Connection>)
            Objects.requireNonNull(context.get(HTTP_CONNECTION_PROMISE_CONTEXT_KEY));
    context.put(HTTP_CONNECTION_PROMISE_CONTEXT_KEY, new DialPromise(promise, address, context));
    super.connect(address, context);
  }

  /** Jetty finds its ALPN provider through the thread's class loader. */
  @Override
  public org.eclipse.jetty.io.Connection newConnection(
      EndPoint endPoint, Map<String, Object> context) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(DynamicTransport.class.getClassLoader());
    try {
      return super.newConnection(endPoint, context);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
