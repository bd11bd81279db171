package io.narthex.api.web;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** How the server is reached; the service exists as long as the web server's bundle is active. */
@ProviderType
public interface WebServerView {

  /**
   * Request attribute, String: the route pattern of the request, for instance {@code
   * /api/v1/label/:name/values}. A servlet that sets it gets metrics under this name for its
   * requests; one that does not gets none.
   */
  String PATTERN = "io.narthex.web.pattern";

  /**
   * Request attribute, {@link java.util.function.BooleanSupplier}: whether the client has hung up.
   * Asking costs a system call or more; absent where the server can't tell.
   */
  String GONE = "io.narthex.web.gone";

  /** The URL by which others reach the server, without a slash at its end. */
  URI externalUrl();

  /** The path below which everything is: {@code /} or for instance {@code /prometheus}. */
  String routePrefix();

  /** Addresses that are listened on, as they were bound; empty before and after. */
  List<InetSocketAddress> listening();

  /** Whether TLS is on. */
  boolean secure();

  String pageTitle();

  /** The origins that other sites' scripts may come from: a regular expression, to be anchored. */
  String corsOrigin();

  /** Whether reload and shutdown by HTTP are allowed. */
  boolean lifecycleEnabled();

  /** Whether the server runs in agent mode. */
  boolean agent();
}
