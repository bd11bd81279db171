package io.narthex.web.server.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits wrong passwords from one address: ten at once, then one each second. Of a flood of
 * addresses the oldest are forgotten.
 */
final class GuessLimit {

  private static final int BURST = 10;
  private static final long REFILL_NANOS = 1_000_000_000L;
  private static final int ADDRESSES = 10_000;

  /** When the address would have paid for all its guesses. */
  private final Map<String, Long> debts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ADDRESSES;
        }
      };

  private final LongSupplier nanoTime;

  GuessLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether the address may guess once more. */
  synchronized boolean allows(String address) {
    Long paid = debts.get(address);
    return paid == null || paid - nanoTime.getAsLong() <= (BURST - 1) * REFILL_NANOS;
  }

  synchronized void wrong(String address) {
    long now = nanoTime.getAsLong();
    Long paid = debts.get(address);
    long from = paid == null || paid - now < 0 ? now : paid;
    debts.put(address, from + REFILL_NANOS);
  }
}
