package io.narthex.api.http;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import org.osgi.annotation.versioning.ProviderType;

/** Makes clients for the HTTP client section of the configuration. */
@ProviderType
public interface HttpClients {

  /**
   * A client for one job, discoverer or receiver. To be closed by who asked for it; all that are
   * left are closed when the asking bundle goes.
   *
   * @param name for logs and the {@code dialer_name} of connection metrics
   * @throws ConfigurationException if a certificate, key or reference can't be used
   */
  HttpClient create(String name, HttpClientConfig config) throws ConfigurationException;
}
