package io.narthex.api.http;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends requests with the authentication, TLS, proxy, headers and redirects of its configuration.
 * Safe for any number of threads; made for virtual ones.
 */
@ProviderType
public interface HttpClient extends AutoCloseable {

  /**
   * Sends a request and waits for the head of the answer. The request's timeout covers everything
   * up to the end of the body.
   *
   * @throws java.net.http.HttpTimeoutException if the time ran out; the message is the reference's
   *     {@code context deadline exceeded}
   * @throws IOException with a message that names method, URL and cause: {@code Get "http://a/b":
   *     …}
   * @throws InterruptedException if the thread was interrupted; the exchange is aborted
   */
  HttpResponse send(HttpRequest request) throws IOException, InterruptedException;

  /** Aborts what is under way and frees connections and threads. */
  @Override
  void close();
}
