package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.lifecycle.ServiceDeparted;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TerminationHandlerTest {

  /** Signals that the test raises. */
  private static final class FakeSignals implements Signals {
    final Map<String, Runnable> handlers = new TreeMap<>();
    final List<String> closed = new ArrayList<>();

    @Override
    public Registration handle(String name, Runnable handler) {
      handlers.put(name, handler);
      return () -> closed.add(name);
    }
  }

  private final FakeSignals signals = new FakeSignals();
  private final TerminationHandler handler = new TerminationHandler(signals);

  @Test
  void endsWithTheSignal() {
    signals.handlers.get("TERM").run();
    assertThatThrownBy(handler::execute)
        .isInstanceOf(ShutdownRequested.class)
        .hasMessage("SIGTERM");
    signals.handlers.get("INT").run();
    assertThatThrownBy(handler::execute).isInstanceOf(ShutdownRequested.class).hasMessage("SIGINT");
  }

  @Test
  void aSecondSignalIsOneWithTheFirst() throws Exception {
    signals.handlers.get("TERM").run();
    signals.handlers.get("TERM").run();
    assertThatThrownBy(handler::execute).isInstanceOf(ShutdownRequested.class);
    handler.interrupt(new ServiceDeparted("termination handler"));
    handler.execute();
  }

  @Test
  void returnsWhenInterruptedAlsoBeforehand() throws Exception {
    handler.interrupt(new ServiceDeparted("termination handler"));
    handler.interrupt(new ServiceDeparted("termination handler"));
    handler.execute();
  }

  @Test
  void putsBackTheHandlers() {
    assertThat(signals.handlers).containsOnlyKeys("TERM", "INT");
    handler.deactivate();
    assertThat(signals.closed).containsExactly("INT", "TERM");
  }

  @Test
  void livesWithoutSignalsWhereTheJvmRefusesThem() throws Exception {
    TerminationHandler deaf =
        new TerminationHandler((name, ignored) -> {
          throw new UnsupportedOperationException("SIG" + name + " is taken");
        });
    deaf.interrupt(new ServiceDeparted("termination handler"));
    deaf.execute();
    deaf.deactivate();
  }

  @Test
  void realSignalsAreHeardAndPutBack() throws Exception {
    JvmSignals real = new JvmSignals();
    CountDownLatch outer = new CountDownLatch(1);
    CountDownLatch inner = new CountDownLatch(1);
    try (Signals.Registration first = real.handle("TERM", outer::countDown)) {
      try (Signals.Registration second = real.handle("TERM", inner::countDown)) {
        raise();
        assertThat(inner.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(outer.getCount()).isEqualTo(1);
      }
      raise();
      assertThat(outer.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSignalThatTheJvmKeepsIsRefused() {
    assertThatThrownBy(() -> new JvmSignals().handle("QUIT", () -> {}))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("SIGQUIT cannot be handled");
  }

  private static void raise() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    signal
        .getMethod("raise", signal)
        .invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
  }
}
