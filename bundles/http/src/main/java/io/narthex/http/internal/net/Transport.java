package io.narthex.http.internal.net;

import io.narthex.api.http.HttpResponse;
import io.narthex.api.lifecycle.ForgottenWork;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Jetty client with fixed TLS material. After {@link #retire} it ends with its last exchange;
 * after {@link #close} at once.
 */
final class Transport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final int RETRIES = 3;
  private static final int RETIRED = 1 << 30;

  private final JettyClient client;
  private final AtomicInteger exchanges = new AtomicInteger();

  Transport(JettyClient client) {
    this.client = client;
  }

  /** One request as it is sent, with every header. */
  record Message(
      String method,
      Target target,
      Map<String, List<String>> headers,
      byte @Nullable [] body,
      @Nullable String unixSocket) {}

  /**
   * Sends and waits for the head. A request without effect is sent again when a connection that has
   * been idle turns out to be closed.
   */
  HttpResponse send(Message message, Deadline deadline) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Attempt a = new Attempt(request(message, deadline));
      exchanges.incrementAndGet();
      a.request.send(a);
      Throwable failure;
      try {
        Response response = a.get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        client.dialer().answered(a.localAddress());
        return new Exchange(a.request, response, a.getInputStream(), a::awaitEnd);
      } catch (InterruptedException e) {
        Failures.abort(a.request, e);
        throw e;
      } catch (HttpTimeoutException e) {
        Failures.abort(a.request, e);
        throw e;
      } catch (TimeoutException e) {
        failure = e;
        Failures.abort(a.request, e);
      } catch (ExecutionException e) {
        failure = Failures.unwrap(e);
      }
      if (Failures.isDeadline(failure)) {
        throw deadline(failure);
      }
      boolean again =
          attempt <= RETRIES
              && a.reused
              && message.body == null
              && IDEMPOTENT.contains(message.method)
              && Failures.isConnectionLost(failure);
      if (!again) {
        boolean proxied = !client.getProxyConfiguration().getProxies().isEmpty();
        throw new IOException(Failures.beforeHead(failure, a.request, proxied), failure);
      }
    }
  }

  private static HttpTimeoutException deadline(Throwable cause) {
    HttpTimeoutException timeout = new HttpTimeoutException(Failures.DEADLINE);
    timeout.initCause(cause);
    return timeout;
  }

  private Request request(Message m, Deadline deadline) throws IOException {
    long millis = deadline.remaining().toMillis();
    boolean odd = m.target.isOddHost();
    if (odd && !client.getProxyConfiguration().getProxies().isEmpty()) {
      throw new IOException("not supported yet: host name with an underscore through a proxy");
    }
    Request request =
        client
            .newRequest(odd ? "odd.invalid" : m.target.host(), m.target.port())
            .scheme(m.target.scheme())
            .method(m.method)
            .path(m.target.target())
            .timeout(millis, TimeUnit.MILLISECONDS)
            .idleTimeout(
                Math.max(millis, JettyClient.IDLE_TIMEOUT.toMillis()), TimeUnit.MILLISECONDS)
            .followRedirects(false);
    request.headers(h -> m.headers.forEach((name, values) -> values.forEach(v -> h.add(name, v))));
    if (odd) {
      request.attribute(JettyClient.ODD_HOST, m.target.host());
      request.headers(h -> h.put("Host", m.target.host() + ":" + m.target.port()));
    }
    if (m.unixSocket != null) {
      request.transport(new org.eclipse.jetty.io.Transport.TCPUnix(Path.of(m.unixSocket)));
    }
    if (m.body != null) {
      request.body(new BytesRequestContent(contentType(m.headers), m.body));
    }
    return request;
  }

  private static String contentType(Map<String, List<String>> headers) {
    for (Map.Entry<String, List<String>> e : headers.entrySet()) {
      if (e.getKey().equalsIgnoreCase("Content-Type")) {
        return e.getValue().getFirst();
      }
    }
    return "application/octet-stream";
  }

  /** Takes no further requests; ends when those under way have. */
  void retire() {
    if (exchanges.addAndGet(RETIRED) == RETIRED) {
      close();
    }
  }

  private void ended() {
    if (exchanges.decrementAndGet() == RETIRED) {
      // Not on Jetty's own thread, which is about to use the connection.
      Thread.ofVirtual().name("http-client-retired").start(new ForgottenWork(this::close));
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("can't stop HTTP client " + client.getName(), e);
    }
  }

  /** One attempt to get an answer. */
  private final class Attempt extends InputStreamResponseListener {
    private final Request request;
    private volatile boolean reused;

    Attempt(Request request) {
      this.request = request;
      request.onRequestBegin(r -> {
        reused = client.dialer().hasAnswered(localAddress());
        Failures.rememberPath(request);
      });
    }

    java.net.@Nullable SocketAddress localAddress() {
      org.eclipse.jetty.client.Connection connection = request.getConnection();
      return connection == null ? null : connection.getLocalSocketAddress();
    }

    /** Until the connection can be used again, which is a moment after the body's last byte. */
    private void awaitEnd() {
      try {
        if (await(1, TimeUnit.SECONDS) == null) {
          LOG.atDebug().addKeyValue("uri", request.getURI()).log("Exchange without a result");
        }
      } catch (TimeoutException e) {
        LOG.atDebug().addKeyValue("uri", request.getURI()).log("Exchange ends late");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onComplete(Result result) {
      super.onComplete(result);
      ended();
    }
  }
}
