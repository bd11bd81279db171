package io.narthex.http.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpClients;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The service, one instance for each bundle that uses it. */
@Component(service = HttpClients.class, scope = ServiceScope.BUNDLE)
public final class BundleHttpClients implements HttpClients {
  private final ClientFactory factory;

  @Activate
  public BundleHttpClients(@Reference SharedEngine shared) {
    factory = new ClientFactory(shared.engine(), shared.metrics(), InstantSource.system());
  }

  @Override
  public HttpClient create(String name, HttpClientConfig config) throws ConfigurationException {
    return factory.create(name, config);
  }

  @Deactivate
  void close() {
    factory.close();
  }
}
