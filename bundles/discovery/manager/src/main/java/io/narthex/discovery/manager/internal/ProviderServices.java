package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveryProvider;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Makes {@link Provider}s of services. Metrics and HTTP clients are fetched in the name of the
 * provider's bundle, so that they leave with it.
 */
final class ProviderServices {

  private ProviderServices() {}

  static Provider of(ServiceReference<DiscoveryProvider> reference, DiscoveryProvider service) {
    Bundle bundle = reference.getBundle();
    return new Provider(
        service,
        bundle.getSymbolicName() + " " + bundle.getVersion(),
        inTheNameOf(bundle, io.narthex.api.http.HttpClients.class),
        inTheNameOf(bundle, io.narthex.api.telemetry.Metrics.class));
  }

  /** The framework releases what a bundle has fetched when it stops. */
  private static <S> Supplier<S> inTheNameOf(Bundle bundle, Class<S> type) {
    return () -> {
      BundleContext context = bundle.getBundleContext();
      ServiceReference<S> reference = context == null ? null : context.getServiceReference(type);
      S service = reference == null ? null : context.getService(reference);
      if (service == null) {
        throw new IllegalStateException(
            "no service " + type.getName() + " for " + bundle.getSymbolicName());
      }
      return service;
    };
  }
}
