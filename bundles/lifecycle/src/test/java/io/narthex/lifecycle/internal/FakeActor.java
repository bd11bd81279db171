package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.Actor;
import java.util.ArrayList;
import java.util.List;

/** An actor that remembers how it was interrupted. */
final class FakeActor implements Actor {
  final List<Throwable> causes = new ArrayList<>();
  RuntimeException thrownByInterrupt;

  @Override
  public void execute() {
    throw new UnsupportedOperationException("the test ends it");
  }

  @Override
  public void interrupt(Throwable cause) {
    causes.add(cause);
    if (thrownByInterrupt != null) {
      throw thrownByInterrupt;
    }
  }
}
