package io.narthex.storage.tsdb.internal.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives damaged inputs to a decoder: it may refuse them in its own way or give something, but may
 * not fail otherwise, run on, or take much memory. Inputs that once did are kept in the resource
 * {@code /fuzz/NAME.hex}, one a line, and tried first. By default some thousand inputs, the same at
 * every run; with {@code -Dnarthex.fuzz.seconds=600} others for as long.
 */
public final class Fuzz {

  private static final int SECONDS = Integer.getInteger("narthex.fuzz.seconds", 0);
  private static final int KEPT = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A decoder under test. */
  @FunctionalInterface
  public interface Decoder {
    void decode(byte[] input) throws Exception;
  }

  private final String name;
  private final List<byte[]> seeds;
  private final Class<? extends Exception> refusal;
  private final SplittableRandom random;
  private long allocationLimit = 8 << 20;
  private int inputs = 20_000;
  private Decoder repair = input -> {};

  /** How many inputs were refused, and how many were tried. */
  public record Result(long refused, long tried) {}

  /**
   * @param refusal the exception by which the decoder refuses an input
   */
  public Fuzz(String name, List<byte[]> seeds, Class<? extends Exception> refusal) {
    this.name = name;
    this.seeds = new ArrayList<>(seeds);
    this.refusal = refusal;
    this.random = new SplittableRandom(SECONDS > 0 ? System.nanoTime() : 1);
  }

  /** Bytes that one input may cost, beside 64 for each of its own. */
  public Fuzz allocating(long limit) {
    allocationLimit = limit;
    return this;
  }

  /** How many inputs are tried by default: fewer where each takes long. */
  public Fuzz inputs(int count) {
    inputs = count;
    return this;
  }

  /** Changes every second damaged input in place: sets checksums right, so that more is reached. */
  public Fuzz repairing(Decoder checksums) {
    repair = checksums;
    return this;
  }

  public Result run(Decoder decoder) throws Exception {
    for (byte[] seed : List.copyOf(seeds)) {
      decoder.decode(seed);
    }
    long refused = 0;
    for (byte[] kept : kept()) {
      refused += one(decoder, kept);
    }
    long start = System.nanoTime();
    long tried = 0;
    int originals = seeds.size();
    while (SECONDS > 0 ? System.nanoTime() - start < SECONDS * 1_000_000_000L : tried < inputs) {
      byte[] input = mutate(originals);
      if (random.nextBoolean()) {
        repair.decode(input);
      }
      int no = one(decoder, input);
      refused += no;
      tried++;
      if (no == 0 && random.nextInt(50) == 0) {
        // Further changes of what was taken reach further; but not ever further away.
        if (seeds.size() < originals + KEPT) {
          seeds.add(input);
        } else {
          seeds.set(originals + random.nextInt(KEPT), input);
        }
      }
    }
    return new Result(refused, tried);
  }

  private int one(Decoder decoder, byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int count = 0;
    try {
      decoder.decode(input);
    } catch (Exception e) {
      if (!refusal.isInstance(e)) {
        throw failure(input, e.toString(), e);
      }
      count = 1;
    } catch (AssertionError | StackOverflowError | OutOfMemoryError | InternalError e) {
      throw failure(input, e.toString(), e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > allocationLimit + 64L * input.length) {
      throw failure(input, allocated + " bytes allocated", null);
    }
    return count;
  }

  private AssertionError failure(byte[] input, String what, @Nullable Throwable cause) {
    return new AssertionError(
        name + ": " + what + "; keep this input: " + HexFormat.of().formatHex(input), cause);
  }

  private List<byte[]> kept() throws IOException {
    try (InputStream in = Fuzz.class.getResourceAsStream("/fuzz/" + name + ".hex")) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .map(String::strip)
              .filter(s -> !s.isEmpty() && !s.startsWith("#"))
              .map(HexFormat.of()::parseHex)
              .toList();
    }
  }

  private byte[] mutate(int originals) {
    int of = random.nextBoolean() ? originals : seeds.size();
    byte[] out = seeds.get(random.nextInt(of)).clone();
    for (int i = random.nextInt(5); i >= 0 && out.length > 0; i--) {
      out = mutateOnce(out);
    }
    return out;
  }

  private byte[] mutateOnce(byte[] in) {
    int at = random.nextInt(in.length);
    switch (random.nextInt(10)) {
      case 0 -> in[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> in[at] = (byte) random.nextInt();
      case 2 -> in[at] = (byte) new int[] {0, 1, 0x7F, 0x80, 0xFF}[random.nextInt(5)];
      case 3 -> number(in, at);
      case 4 -> {
        // A long varint.
        int n = Math.min(in.length - at, 1 + random.nextInt(10));
        Arrays.fill(in, at, at + n, (byte) 0xFF);
        in[at + n - 1] = (byte) random.nextInt(128);
      }
      case 5 -> {
        return Arrays.copyOf(in, at);
      }
      case 6 -> {
        byte[] longer = Arrays.copyOf(in, in.length + 1 + random.nextInt(40));
        for (int i = in.length; i < longer.length; i++) {
          longer[i] = (byte) random.nextInt();
        }
        return longer;
      }
      case 7 -> {
        // Bytes put in or left out.
        int n = random.nextInt(9);
        boolean more = random.nextBoolean();
        int from = Math.min(in.length, at + n);
        byte[] out = new byte[more ? in.length + n : in.length - (from - at)];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(
            in, more ? at : from, out, more ? at + n : at, in.length - (more ? at : from));
        return out;
      }
      case 8 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        if (other.length > 0) {
          int from = random.nextInt(other.length);
          int n = Math.min(Math.min(other.length - from, in.length - at), 1 + random.nextInt(64));
          System.arraycopy(other, from, in, at, n);
        }
      }
      default -> {
        int n = Math.min(in.length - at, 1 + random.nextInt(8));
        for (int i = at; i < at + n; i++) {
          in[i] = (byte) random.nextInt();
        }
      }
    }
    return in;
  }

  private void number(byte[] in, int at) {
    long[] numbers = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, in.length};
    ByteBuffer b = ByteBuffer.wrap(in);
    long n = numbers[random.nextInt(numbers.length)] + random.nextInt(3) - 1;
    if (in.length - at >= 8 && random.nextBoolean()) {
      b.putLong(at, n);
    } else if (in.length - at >= 4 && random.nextBoolean()) {
      b.putInt(at, (int) n);
    } else if (in.length - at >= 2) {
      b.putShort(at, (short) n);
    }
  }
}
