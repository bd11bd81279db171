package io.narthex.api.discovery;

import io.narthex.api.http.HttpClients;
import io.narthex.api.telemetry.Metrics;
import java.time.InstantSource;
import org.osgi.annotation.versioning.ProviderType;

/** What a discoverer may use. */
@ProviderType
public interface DiscoveryContext {

  /** The set this discoverer was first made for: a job's name or {@code config-0}. */
  String setName();

  HttpClients http();

  /** Metrics that leave with the provider's bundle. */
  Metrics metrics();

  InstantSource clock();

  /** Waits; an interrupt ends the wait. Tests hand in a clock of their own. */
  void pause(java.time.Duration duration) throws InterruptedException;

  /** For the User-Agent header, for instance {@code Prometheus/3.14.0}. */
  String userAgent();
}
