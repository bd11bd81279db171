package io.narthex.web.api.internal;

import io.narthex.api.lifecycle.ForgottenWork;
import io.narthex.api.web.WebServerView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs an action if the client hangs up before the work for it is done. */
final class HangUpWatch implements AutoCloseable {

  private static final long LOOK_MILLIS = 500;

  private final CountDownLatch done = new CountDownLatch(1);

  private HangUpWatch() {}

  /** Watches from now until it is closed, on a virtual thread. */
  static HangUpWatch start(HttpServletRequest request, Runnable hungUp) {
    HangUpWatch watch = new HangUpWatch();
    if (request.getAttribute(WebServerView.GONE) instanceof BooleanSupplier gone) {
      Thread.ofVirtual()
          .name("hang-up watch")
          .start(new ForgottenWork(() -> watch.look(gone, hungUp)));
    }
    return watch;
  }

  private void look(BooleanSupplier gone, Runnable hungUp) {
    try {
      while (!done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (gone.getAsBoolean()) {
          hungUp.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody does that; if so, there is no watch any more.
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
