package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final int HUGE = 40 << 20;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger collections = new AtomicInteger();
  private final Bodies bodies = new Bodies(200L << 20, clock::get, collections::incrementAndGet);

  private static void fill(Body body, int size) throws IOException {
    assertThat(body.fill(new ByteArrayInputStream(new byte[size]), Long.MAX_VALUE)).isTrue();
  }

  @Test
  void theArrayOfAHugeBodyIsUsedAgain() throws Exception {
    Body first = bodies.lend();
    fill(first, HUGE);
    byte[] array = first.bytes;
    // As after a scrape that failed for its body.
    first.length = 0;
    clock.set(TimeUnit.HOURS.toNanos(1));
    bodies.giveBack(first);
    Body second = bodies.lend();
    fill(second, HUGE);
    assertThat(second.bytes).isSameAs(array);
    bodies.giveBack(second);
    assertThat(collections).hasValue(0);
  }

  @Test
  void whatIsNotNeededForAMinuteIsGivenBack() throws Exception {
    Body huge = bodies.lend();
    Body small = bodies.lend();
    fill(huge, HUGE);
    fill(small, 100);
    long smallOnly = small.bytes.length;
    bodies.giveBack(huge);
    bodies.giveBack(small);
    for (int i = 0; i < 3; i++) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(25));
      Body again = bodies.lend();
      assertThat(again).isSameAs(small);
      bodies.giveBack(again);
    }
    assertThat(bodies.taken()).isEqualTo(smallOnly);
    assertThat(collections).as("once, as much was dropped").hasValue(1);
  }

  @Test
  void anArrayThatHasBecomeTooLargeIsGivenBackThoughItsBodyIsUsed() throws Exception {
    Body body = bodies.lend();
    fill(body, HUGE);
    bodies.giveBack(body);
    for (int i = 0; i < 4; i++) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(25));
      Body again = bodies.lend();
      assertThat(again).isSameAs(body);
      if (i % 2 == 0) {
        // A scrape that fails before there is a body fills nothing.
        fill(again, 100);
      }
      bodies.giveBack(again);
    }
    assertThat(bodies.taken()).isLessThan(1 << 20);
    assertThat(collections).hasValue(1);
  }

  @Test
  void allTogetherAreBounded() throws Exception {
    Body one = bodies.lend();
    fill(one, 100 << 20);
    Body two = bodies.lend();
    assertThatThrownBy(() -> fill(two, 100 << 20))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no memory is left for more");
    assertThat(bodies.taken()).isLessThanOrEqualTo(200 << 20);
    bodies.giveBack(one);
    bodies.giveBack(two);
    bodies.close();
    assertThat(bodies.taken()).isZero();
  }
}
