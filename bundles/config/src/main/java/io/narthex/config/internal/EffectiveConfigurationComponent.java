package io.narthex.config.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.config.internal.transaction.Transactions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The configuration in effect, made a service once there is one. */
@Component(
    factory = EffectiveConfigurationComponent.FACTORY,
    service = EffectiveConfiguration.class)
public final class EffectiveConfigurationComponent implements EffectiveConfiguration {

  static final String FACTORY = "io.narthex.config.effective";

  private final Transactions transactions;

  @Activate
  public EffectiveConfigurationComponent(@Reference ConfigurationComponent owner) {
    transactions = owner.transactions();
  }

  @Override
  public Configuration current() {
    Configuration current = transactions.current();
    if (current == null) {
      throw new IllegalStateException("published before it was loaded");
    }
    return current;
  }
}
