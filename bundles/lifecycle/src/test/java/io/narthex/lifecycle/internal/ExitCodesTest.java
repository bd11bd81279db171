package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.ExitCodeException;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ExitCodesTest {
  @Test
  void followTheCause() {
    assertThat(ExitCodes.of(new ShutdownRequested("SIGTERM"))).isZero();
    assertThat(ExitCodes.of(null)).isZero();
    assertThat(ExitCodes.of(new IOException("x"))).isEqualTo(1);
    assertThat(ExitCodes.of(new OutOfMemoryError())).isEqualTo(1);
    assertThat(ExitCodes.of(new ExitCodeException(2, "bad file", null))).isEqualTo(2);
  }
}
