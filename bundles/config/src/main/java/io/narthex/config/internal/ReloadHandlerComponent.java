package io.narthex.config.internal;

import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Stage;
import io.narthex.config.internal.actor.JvmHangup;
import io.narthex.config.internal.actor.ReloadHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The actor of reloads. */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    immediate = true,
    service = Actor.class,
    property = {Actor.NAME + "=reload handler", Actor.STAGE + ":Integer=" + Stage.CONFIGURATION})
public final class ReloadHandlerComponent implements Actor {

  private final ReloadHandler actor;

  @Activate
  public ReloadHandlerComponent(@Reference ConfigurationComponent owner) {
    actor =
        new ReloadHandler(
            owner.settings().config_file(),
            owner.transactions(),
            new JvmHangup(),
            owner.isAutoReload(),
            ReloadHandler.interval(owner.settings().config_auto$_$reload$_$interval()));
  }

  @Override
  public void execute() throws InterruptedException {
    actor.execute();
  }

  @Override
  public void interrupt(Throwable cause) {
    actor.interrupt(cause);
  }
}
