package io.narthex.api.http;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The head of an answer, and its body as a stream. Closing it before the end aborts the exchange.
 */
@ProviderType
public interface HttpResponse extends AutoCloseable {

  int status();

  /** Status and reason as in {@code 404 Not Found}. */
  String statusText();

  /** The first value of a header, in any case of letters; empty if there is none. */
  String header(String name);

  /** The body as it was sent, not decompressed. Reads fail when the request's time has run out. */
  InputStream body();

  @Override
  void close();
}
