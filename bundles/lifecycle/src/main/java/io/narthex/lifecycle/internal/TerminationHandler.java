package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.ShutdownRequested;
import io.narthex.api.lifecycle.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor that ends when SIGTERM or SIGINT comes.
 *
 * <p>It hears the signals from its activation to its deactivation, so also while everything stops:
 * a second signal is then ignored, as the reference does.
 */
@Component(
    service = Actor.class,
    property = {Actor.NAME + "=termination handler", Actor.STAGE + ":Integer=" + Stage.TERMINATION})
public final class TerminationHandler implements Actor {
  private static final Logger log = LoggerFactory.getLogger(TerminationHandler.class);
  private static final List<String> SIGNALS = List.of("TERM", "INT");

  /** What execute waits for: the cause of the process' end, or of this actor's. */
  private final LinkedBlockingQueue<Throwable> causes = new LinkedBlockingQueue<>();

  private final List<Signals.Registration> registrations = new ArrayList<>();

  @Activate
  public TerminationHandler() {
    this(new JvmSignals());
  }

  TerminationHandler(Signals signals) {
    for (String name : SIGNALS) {
      try {
        registrations.add(signals.handle(name, () -> received("SIG" + name)));
      } catch (UnsupportedOperationException e) {
        log.atWarn()
            .addKeyValue("err", e.getMessage())
            .log("A signal will not end the server in order");
      }
    }
  }

  @Deactivate
  void deactivate() {
    registrations.reversed().forEach(Signals.Registration::close);
  }

  private void received(String signal) {
    log.atWarn().addKeyValue("signal", signal).log("Received an OS signal, exiting gracefully...");
    causes.add(new ShutdownRequested(signal));
  }

  @Override
  public void execute() throws Exception {
    Throwable cause = causes.take();
    // An interrupt belongs to the execute it was meant for; a later one starts anew.
    causes.clear();
    if (cause instanceof ShutdownRequested requested) {
      throw requested;
    }
  }

  @Override
  public void interrupt(Throwable cause) {
    causes.add(cause);
  }
}
