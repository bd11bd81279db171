package io.narthex.http.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * One selector, one timer and one pool of buffers for all clients. Jetty expects a connector a
 * client, and sets it up when the client starts; here those settings are made once, and TLS belongs
 * to each client instead.
 */
final class SharedConnector extends ClientConnector {

  /** Present in a connection's context as soon as its socket is connected. */
  static final String ESTABLISHED = "io.narthex.established";

  SharedConnector(Executor executor, Scheduler scheduler, ByteBufferPool buffers) {
    super.setExecutor(executor);
    super.setScheduler(scheduler);
    super.setByteBufferPool(buffers);
    setSelectors(1);
  }

  @Override
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    @SuppressWarnings("unchecked") // Jetty attaches the connection's context.
    Map<String, Object> context = (Map<String, Object>) key.attachment();
    context.put(ESTABLISHED, Boolean.TRUE);
    JettyClient client =
        (JettyClient)
            Objects.requireNonNull(context.get(ClientConnectionFactory.CLIENT_CONTEXT_KEY));
    client.dialer().established();
    return new CountedEndPoint((SocketChannel) channel, selector, key, getScheduler(), client);
  }

  /** Never used: every client brings its own. Unstarted, it can't trust anybody. */
  @Override
  protected SslContextFactory.Client newSslContextFactory() {
    return new SslContextFactory.Client(false) {
      @Override
      protected void doStart() {}
    };
  }

  @Override
  public void setExecutor(Executor executor) {
    requireSame(getExecutor(), executor);
  }

  @Override
  public void setScheduler(Scheduler scheduler) {
    requireSame(getScheduler(), scheduler);
  }

  @Override
  public void setByteBufferPool(ByteBufferPool buffers) {
    requireSame(getByteBufferPool(), buffers);
  }

  @Override
  public void setSslContextFactory(SslContextFactory.Client factory) {
    if (isStarted()) {
      requireSame(getSslContextFactory(), factory);
    } else {
      super.setSslContextFactory(factory);
    }
  }

  @SuppressWarnings("ReferenceEquality") // The very object, not one like it.
  private static void requireSame(@Nullable Object mine, @Nullable Object given) {
    if (mine != given) {
      throw new IllegalStateException("the shared connector's settings are fixed");
    }
  }

  /** Tells its client's dialer when it closes. */
  private static final class CountedEndPoint extends SocketChannelEndPoint {
    private final JettyClient client;

    CountedEndPoint(
        SocketChannel channel,
        ManagedSelector selector,
        SelectionKey key,
        Scheduler scheduler,
        JettyClient client) {
      super(channel, selector, key, scheduler);
      this.client = client;
    }

    /** As Jetty's, but a reset is not taken for an orderly end. */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      if (isInputShutdown()) {
        return -1;
      }
      int position = BufferUtil.flipToFill(buffer);
      try {
        int filled = getChannel().read(buffer);
        if (filled > 0) {
          notIdle();
        } else if (filled == -1) {
          shutdownInput();
        }
        return filled;
      } catch (IOException e) {
        shutdownInput();
        throw e;
      } finally {
        BufferUtil.flipToFlush(buffer, position);
      }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
      super.onClose(cause);
      client.dialer().closed(getLocalSocketAddress());
    }
  }
}
