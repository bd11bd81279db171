package io.narthex.web.server.internal;

import io.narthex.api.web.WebServerView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets servlets ask whether the client of a request has hung up. */
final class HangUps extends Handler.Wrapper {

  private final TcpTable table;
  private final boolean available;

  HangUps(TcpTable table) {
    this.table = table;
    this.available = table.available();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (available) {
      // A stream of HTTP/2 can be cancelled while its connection stays.
      AtomicBoolean failed = new AtomicBoolean();
      request.addFailureListener(failure -> failed.set(true));
      ConnectionMetaData connection = request.getConnectionMetaData();
      BooleanSupplier gone = () -> failed.get() || isClosed(connection);
      request.setAttribute(WebServerView.GONE, gone);
    }
    return super.handle(request, response, callback);
  }

  private boolean isClosed(ConnectionMetaData connection) {
    if (connection.getLocalSocketAddress() instanceof InetSocketAddress local
        && connection.getRemoteSocketAddress() instanceof InetSocketAddress remote) {
      try {
        return table.isClosed(local, remote);
      } catch (IOException e) {
        return false; // Not to be told now; the query goes on.
      }
    }
    return false;
  }
}
