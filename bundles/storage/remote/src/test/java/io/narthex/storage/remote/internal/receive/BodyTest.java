package io.narthex.storage.remote.internal.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

  private final ByteBudget budget = new ByteBudget(96 << 20, 0);

  private static byte[] random(int length) {
    byte[] plain = new byte[length];
    new Random(length).nextBytes(plain);
    return plain;
  }

  /** Gives a few bytes at a time, as networks do. */
  private static InputStream slowly(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(len, 7001));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 65_536, 65_537, 3_000_000})
  void itIsReadWhetherItsLengthIsDeclaredOrNot(int length) throws Exception {
    byte[] plain = random(length);
    byte[] compressed = Bodies.compressed(plain);
    Body body = new Body();
    for (long declared : new long[] {compressed.length, -1}) {
      try (ByteBudget.Share share = budget.share()) {
        body.read(slowly(compressed), declared, share);
        assertThat(body.length()).isEqualTo(length);
        assertThat(Arrays.copyOf(body.message(), length)).isEqualTo(plain);
        assertThat(budget.inUse()).isGreaterThanOrEqualTo(length);
      }
      assertThat(budget.inUse()).isZero();
    }
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() {
    Body body = new Body();
    try (ByteBudget.Share share = budget.share()) {
      assertThatThrownBy(() -> body.read(InputStream.nullInputStream(), 33 << 20, share))
          .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.status).isEqualTo(413));
      assertThat(budget.inUse()).isZero();
      byte[] endless = random(33 << 20);
      assertThatThrownBy(() -> body.read(new ByteArrayInputStream(endless), -1, share))
          .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.status).isEqualTo(413));
    }
  }

  @Test
  void aDeclaredSizeThatCannotBeIsNotBelieved() {
    Body body = new Body();
    byte[] lie = new Message().number(32 << 20).raw(0, 'a').bytes();
    try (ByteBudget.Share share = budget.share()) {
      assertThatThrownBy(() -> body.read(new ByteArrayInputStream(lie), lie.length, share))
          .hasMessage("snappy: corrupt input");
      assertThat(budget.inUse()).isLessThan(100_000);
      assertThat(body.message().length).isLessThan(100_000);
    }
  }

  @Test
  void allRequestsTogetherAreBounded() throws Exception {
    ByteBudget small = new ByteBudget(1 << 20, 1);
    try (ByteBudget.Share first = small.share();
        ByteBudget.Share second = small.share()) {
      first.hold(800 << 10);
      first.hold(700 << 10);
      assertThat(small.inUse()).isEqualTo(800 << 10);
      assertThatThrownBy(() -> second.hold(300 << 10))
          .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.status).isEqualTo(503));
      assertThatThrownBy(() -> second.hold(2 << 20))
          .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.status).isEqualTo(413));
      second.hold(200 << 10);
    }
    assertThat(small.inUse()).isZero();
  }

  @Test
  void whoWaitsGoesOnWhenThereIsRoom() throws Exception {
    ByteBudget patient = new ByteBudget(1 << 20, 120_000);
    AtomicReference<Object> result = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    Thread waiter;
    try (ByteBudget.Share first = patient.share()) {
      first.hold(1 << 20);
      waiter =
          Thread.ofVirtual()
              .start(() -> {
                started.countDown();
                try (ByteBudget.Share second = patient.share()) {
                  second.hold(1 << 19);
                  result.set("held");
                } catch (RefusedException e) {
                  result.set(e);
                }
              });
      started.await();
    }
    waiter.join();
    assertThat(result).hasValue("held");
    assertThat(patient.inUse()).isZero();
  }
}
