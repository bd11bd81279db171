package io.narthex.http.internal.net;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/** Gives up connections whose TLS handshake, with a server or a proxy, does not end in time. */
final class HandshakeLimit implements ClientConnectionFactory {
  static final String MESSAGE = "net/http: TLS handshake timeout";

  private final ClientConnectionFactory tls;
  private final Scheduler scheduler;
  private final Duration limit;

  HandshakeLimit(ClientConnectionFactory tls, Scheduler scheduler, Duration limit) {
    this.tls = tls;
    this.scheduler = scheduler;
    this.limit = limit;
  }

  @Override
  public Connection newConnection(EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    Connection connection = tls.newConnection(endPoint, context);
    if (connection instanceof SslConnection handshaking) {
      Scheduler.Task task =
          scheduler.schedule(
              () -> giveUp(handshaking, context), limit.toMillis(), TimeUnit.MILLISECONDS);
      handshaking.addHandshakeListener(
          new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
              task.cancel();
            }
          });
      handshaking.addEventListener(
          new Connection.Listener() {
            @Override
            public void onClosed(Connection closed) {
              task.cancel();
            }
          });
    }
    return connection;
  }

  /** Tells why before it closes, or others would find the connection closed and say so. */
  private static void giveUp(SslConnection connection, Map<String, Object> context) {
    SSLHandshakeException failure = new SSLHandshakeException(MESSAGE);
    // Where the protocol is still to be agreed on, nobody listens to the connection.
    if (context.get(HttpClientTransport.HTTP_CONNECTION_PROMISE_CONTEXT_KEY)
        instanceof Promise<?> promise) {
      promise.failed(failure);
    }
    connection.getSslEndPoint().getWriteFlusher().onFail(failure);
    connection.getSslEndPoint().getFillInterest().onFail(failure);
    connection.getEndPoint().close(failure);
  }
}
