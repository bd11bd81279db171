package io.narthex.http.internal.net;

import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.tls.TlsContext;
import io.narthex.http.internal.tls.TlsMaterial;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client section. Certificate and key files are read for each request; when
 * their content has changed, new requests go over new connections.
 */
public final class Transports implements AutoCloseable {
  private final Engine engine;
  private final String name;
  private final TlsConfig tls;
  private final boolean http2;
  private final ProxyRules proxies;
  private final DialMetrics metrics;
  private @Nullable TlsMaterial material;
  private @Nullable TlsContext context;
  private @Nullable Transport current;
  private @Nullable Dialer dialer;
  private boolean closed;

  /** Reads what the section names, and opens nothing. */
  public Transports(
      Engine engine,
      DialMetrics metrics,
      String name,
      TlsConfig tls,
      ProxyConfig proxy,
      boolean http2)
      throws GeneralSecurityException, IOException, URISyntaxException {
    this.engine = engine;
    this.metrics = metrics;
    this.name = name;
    this.tls = tls;
    this.http2 = http2;
    this.proxies = ProxyRules.of(proxy, System::getenv);
    TlsMaterial first = TlsMaterial.read(tls);
    this.material = first;
    this.context = new TlsContext(tls, first);
  }

  /** Sends over the connections that belong to the present content of the files. */
  public HttpResponse send(
      String method,
      Target target,
      Map<String, List<String>> headers,
      byte @Nullable [] body,
      @Nullable String unixSocket,
      Deadline deadline)
      throws IOException, InterruptedException {
    TlsMaterial now = TlsMaterial.isFromFiles(tls) ? TlsMaterial.read(tls) : null;
    return transport(now)
        .send(new Transport.Message(method, target, headers, body, unixSocket), deadline);
  }

  private synchronized Transport transport(@Nullable TlsMaterial now) throws IOException {
    if (closed) {
      throw new IOException("http: client is closed");
    }
    TlsContext settings = context;
    if (settings == null || (now != null && !now.equals(material))) {
      settings = renew(now);
    }
    Transport t = current;
    if (t == null) {
      Dialer d = dialer;
      if (d == null) {
        d = metrics.dialer(name);
        dialer = d;
      }
      t = new Transport(JettyClient.start(engine, name, settings, http2, proxies, d));
      current = t;
    }
    return t;
  }

  private TlsContext renew(@Nullable TlsMaterial now) throws IOException {
    TlsMaterial next = now == null ? TlsMaterial.read(tls) : now;
    TlsContext settings;
    try {
      settings = new TlsContext(tls, next);
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
    Transport old = current;
    current = null;
    material = next;
    context = settings;
    if (old != null) {
      old.retire();
    }
    return settings;
  }

  @Override
  public void close() {
    Transport last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.close();
    }
  }
}
