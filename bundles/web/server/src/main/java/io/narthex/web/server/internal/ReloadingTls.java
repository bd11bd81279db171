package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.web.server.internal.WebConfig.Pem;
import io.narthex.web.server.internal.WebConfig.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each connection an engine of the web configuration file as it is now: the file,
 * certificates and keys are read again when they have changed. While they can't be used, handshakes
 * fail, as the reference's do.
 */
final class ReloadingTls extends SslContextFactory.Server {

  private static final Logger log = LoggerFactory.getLogger(ReloadingTls.class);

  private record Loaded(Tls tls, List<Object> stamps, TlsFactory factory) {}

  private final WebConfigFile file;
  private volatile @Nullable Loaded loaded;

  ReloadingTls(WebConfigFile file) throws ConfigurationException {
    this.file = file;
    try {
      setSslContext(current().context());
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigurationException("failed to load the TLS certificate: " + e.getMessage(), e);
    }
  }

  @Override
  public SSLEngine newSSLEngine(InetSocketAddress address) {
    return newSSLEngine();
  }

  @Override
  public SSLEngine newSSLEngine(String host, int port) {
    return newSSLEngine();
  }

  @Override
  public SSLEngine newSSLEngine() {
    try {
      return current().engine();
    } catch (GeneralSecurityException | ConfigurationException e) {
      log.atError().setCause(e).log("TLS handshake refused: the TLS configuration can't be used");
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      log.atError().setCause(e).log("TLS handshake refused: a TLS file can't be read");
      throw new UncheckedIOException(e);
    }
  }

  private TlsFactory current()
      throws ConfigurationException, GeneralSecurityException, IOException {
    Tls tls = file.current().tls();
    if (tls == null) {
      throw new ConfigurationException("the web configuration file has no TLS section any more");
    }
    List<Object> stamps = stamps(tls);
    Loaded now = loaded;
    if (now == null || !now.tls().equals(tls) || !now.stamps().equals(stamps)) {
      now = new Loaded(tls, stamps, new TlsFactory(tls));
      loaded = now;
    }
    return now.factory();
  }

  private static List<Object> stamps(Tls tls) throws IOException {
    List<Object> stamps = new ArrayList<>();
    stamp(tls.cert(), stamps);
    stamp(tls.key(), stamps);
    Pem ca = tls.clientCa();
    if (ca != null) {
      stamp(ca, stamps);
    }
    return stamps;
  }

  private static void stamp(Pem pem, List<Object> stamps) throws IOException {
    Path path = pem.file();
    if (path != null) {
      stamps.add(Files.getLastModifiedTime(path));
      stamps.add(Files.size(path));
    }
  }
}
