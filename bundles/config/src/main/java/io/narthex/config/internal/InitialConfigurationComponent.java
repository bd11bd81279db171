package io.narthex.config.internal;

import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Stage;
import io.narthex.api.storage.Storage;
import io.narthex.config.internal.actor.InitialConfiguration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The actor of the initial configuration. */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    immediate = true,
    service = Actor.class,
    property = {
      Actor.NAME + "=initial configuration",
      Actor.STAGE + ":Integer=" + Stage.CONFIGURATION
    })
public final class InitialConfigurationComponent implements Actor {

  private final InitialConfiguration actor;
  private final ComponentFactory<EffectiveConfiguration> factory;
  private final AtomicReference<@Nullable ComponentInstance<EffectiveConfiguration>> published =
      new AtomicReference<>();
  private volatile boolean withdrawn;

  @Activate
  public InitialConfigurationComponent(
      @Reference ConfigurationComponent owner,
      @Reference(target = "(component.factory=" + EffectiveConfigurationComponent.FACTORY + ")")
          ComponentFactory<EffectiveConfiguration> factory) {
    this.factory = factory;
    actor =
        new InitialConfiguration(
            owner.settings().config_file(), owner.transactions(), this::publish);
  }

  /** No lock is held here: making the instance starts whatever waits for it. */
  private void publish() {
    if (published.get() != null) {
      return;
    }
    ComponentInstance<EffectiveConfiguration> instance = factory.newInstance(null);
    if (!published.compareAndSet(null, instance) || withdrawn) {
      instance.dispose();
    }
  }

  @Deactivate
  void withdraw() {
    withdrawn = true;
    ComponentInstance<EffectiveConfiguration> instance = published.getAndSet(null);
    if (instance != null) {
      instance.dispose();
    }
  }

  @Reference(
      service = Storage.class,
      target = "(" + Storage.ROLE + "=" + Storage.FANOUT + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addStorage(Map<String, Object> properties) {
    actor.storageArrived();
  }

  void removeStorage(Map<String, Object> properties) {
    actor.storageLeft();
  }

  @Override
  public void execute() throws Exception {
    actor.execute();
  }

  @Override
  public void interrupt(Throwable cause) {
    actor.interrupt(cause);
  }
}
