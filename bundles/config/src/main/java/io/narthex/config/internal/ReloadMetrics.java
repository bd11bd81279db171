package io.narthex.config.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.config.internal.transaction.Transactions;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** How the last reload went, as metrics. */
@Component(immediate = true, service = ReloadMetrics.class)
public final class ReloadMetrics {

  private final List<Metrics.Registration> registrations;

  @Activate
  public ReloadMetrics(@Reference ConfigurationComponent owner, @Reference Metrics metrics) {
    Transactions transactions = owner.transactions();
    registrations =
        List.of(
            metrics.gauge(
                "prometheus_config_last_reload_successful",
                "Whether the last configuration reload attempt was successful.",
                () -> transactions.lastSuccessful() ? 1 : 0),
            metrics.gauge(
                "prometheus_config_last_reload_success_timestamp_seconds",
                "Timestamp of the last successful configuration reload.",
                () -> transactions.lastSuccess().toEpochMilli() / 1000.0));
  }

  @Deactivate
  void close() {
    registrations.forEach(Metrics.Registration::close);
  }
}
