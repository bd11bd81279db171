package io.narthex.storage.remote.internal.receive;

import static io.narthex.storage.remote.internal.receive.Bodies.labels;
import static io.narthex.storage.remote.internal.receive.Bodies.one;
import static io.narthex.storage.remote.internal.receive.Bodies.sample;
import static io.narthex.storage.remote.internal.receive.Bodies.two;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.management.ThreadMXBean;
import io.narthex.model.Labels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Gives the receiver damaged requests: each has to be answered, without much memory, and what is
 * stored of 1.0 is what a protobuf library reads. By default some thousand, the same at every run;
 * with {@code -Dnarthex.fuzz.seconds=600} others for as long. Inputs that once failed are kept in
 * {@code /fuzz/*.hex}, one a line.
 */
class FuzzTest {

  private static final int SECONDS = Integer.getInteger("narthex.fuzz.seconds", 0);
  private static final int INPUTS = 6_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final String V1 = "application/x-protobuf";
  private static final String V2 = V1 + ";proto=io.prometheus.write.v2.Request";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SplittableRandom random = new SplittableRandom(SECONDS > 0 ? System.nanoTime() : 1);
  private RecordingStorage storage = new RecordingStorage();
  private Receiver receiver = receiver();

  private Receiver receiver() {
    return new Receiver(
        storage,
        ReceiverOptions.of(
            new String[] {"prometheus.WriteRequest,io.prometheus.write.v2.Request"},
            new String[] {"metadata-wal-records", "created-timestamp-zero-ingestion"}),
        new ReceiverMetrics(new NoMetrics().metrics()),
        InstantSource.fixed(Instant.ofEpochMilli(Long.MAX_VALUE / 2)),
        256 << 20);
  }

  /** An input, and what is to hold of it. */
  @FunctionalInterface
  private interface Trial {
    void run(byte[] input) throws Exception;
  }

  private static List<byte[]> version1() {
    Message exemplar = labels("trace", "abc").fixed64(2, 3).varint(3, 9);
    return List.of(
        one(
            labels("__name__", "up", "job", "a").append(sample(1, 1)).append(sample(2, 2)),
            labels("__name__", "up", "job", "x".repeat(200)).append(sample(0, 1)),
            labels("__name__", "ex").append(sample(1, 1)).message(3, exemplar),
            labels("__name__", "h").message(4, Bodies.histogram(5)),
            labels("__name__", "f").message(4, Bodies.floatHistogram(5))),
        new Message()
            .message(
                1,
                labels("a", "b")
                    .append(sample(1, 3))
                    .append(labels("__name__", "between"))
                    .append(sample(2, 4)))
            .message(3, new Message().varint(1, 1).text(2, "m").text(4, "help"))
            .raw(0x4b, 0x4c)
            .bytes());
  }

  private static List<byte[]> version2() {
    List<String> symbols = List.of("", "__name__", "up", "job", "a", "help", "trace", "abc");
    return List.of(
        two(
            symbols,
            new Message().varints(1, 1, 2, 3, 4).append(sample(1, 1)).append(sample(2, 2)),
            new Message().varint(1, 1).varint(1, 4).append(sample(1, 1)),
            new Message()
                .varints(1, 1, 5)
                .message(3, Bodies.histogram(5))
                .message(3, Bodies.floatHistogram(6))
                .message(4, new Message().varints(1, 6, 7).fixed64(2, 1).varint(3, 9))
                .message(5, new Message().varint(1, 1).varint(3, 5).varint(4, 2))
                .varint(6, 3)));
  }

  @Test
  void version1IsReadAsALibraryReadsIt() throws Exception {
    fuzz(
        "version1",
        version1(),
        input -> {
          fresh();
          int status = answered(V1, Message.snappy(input));
          if (status == 204) {
            sameAsLibrary(input);
          } else {
            assertThat(storage.stored).isEmpty();
          }
        });
  }

  @Test
  void version2IsAnswered() throws Exception {
    fuzz(
        "version2",
        version2(),
        input -> {
          fresh();
          int unused = answered(V2, Message.snappy(input));
        });
  }

  @Test
  void aBlockDependsOnNothingThatWasThereBefore() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    version1().forEach(m -> seeds.add(Bodies.compressed(m)));
    seeds.add(Bodies.compressed("abcdefgh".repeat(500).getBytes(StandardCharsets.UTF_8)));
    seeds.add(Bodies.compressed(new byte[70_000]));
    Body first = new Body();
    Body second = new Body();
    ByteBudget budget = new ByteBudget(128 << 20, 0);
    fuzz(
        "snappy",
        seeds,
        input -> {
          byte[] one = decompress(first, budget, (byte) 'A', input);
          byte[] two = decompress(second, budget, (byte) 'B', input);
          assertThat(one).isEqualTo(two);
        });
  }

  private static byte[] decompress(Body body, ByteBudget budget, byte before, byte[] input)
      throws IOException {
    try (ByteBudget.Share share = budget.share()) {
      byte[] poison = new byte[100_000];
      Arrays.fill(poison, before);
      byte[] block = Bodies.compressed(poison);
      body.read(new ByteArrayInputStream(block), block.length, share);
      body.read(new ByteArrayInputStream(input), input.length, share);
      return Arrays.copyOf(body.message(), body.length());
    } catch (RefusedException e) {
      return new byte[] {-1, -2, -3};
    }
  }

  private void fresh() {
    storage = new RecordingStorage();
    receiver = receiver();
  }

  private int answered(String type, byte[] body) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Answer answer = receiver.receive(type, "snappy", body.length, new ByteArrayInputStream(body));
    assertThat(answer.status()).isIn(204, 400, 413);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    return answer.status();
  }

  /** What is stored must be what the library reads, wherever it reads anything. */
  private void sameAsLibrary(byte[] input) {
    List<String> expected = new ArrayList<>();
    try {
      UnknownFieldSet request = UnknownFieldSet.parseFrom(input);
      for (ByteString bytes : request.getField(1).getLengthDelimitedList()) {
        expect(UnknownFieldSet.parseFrom(bytes), expected);
      }
    } catch (InvalidProtocolBufferException e) {
      return; // It is stricter, for instance with the ends of groups.
    }
    List<String> floats =
        storage.stored.stream().filter(s -> s.matches(".*} [0-9a-f]+ @-?[0-9]+")).toList();
    assertThat(floats).isEqualTo(expected);
  }

  private static void expect(UnknownFieldSet series, List<String> to)
      throws InvalidProtocolBufferException {
    LabelSet labels = new LabelSet();
    labels.clear();
    for (ByteString bytes : series.getField(1).getLengthDelimitedList()) {
      UnknownFieldSet label = UnknownFieldSet.parseFrom(bytes);
      try {
        labels.add(text(labels, label.getField(1)), text(labels, label.getField(2)));
      } catch (RefusedException e) {
        throw new AssertionError(e);
      }
    }
    Labels set = labels.build();
    if (!labels.isValid() || labels.duplicate() != null) {
      return;
    }
    for (ByteString bytes : series.getField(2).getLengthDelimitedList()) {
      UnknownFieldSet sample = UnknownFieldSet.parseFrom(bytes);
      List<Long> value = sample.getField(1).getFixed64List();
      List<Long> time = sample.getField(2).getVarintList();
      to.add(
          set
              + " "
              + Long.toHexString(value.isEmpty() ? 0 : value.getLast())
              + " @"
              + (time.isEmpty() ? 0 : time.getLast()));
    }
  }

  private static String text(LabelSet labels, UnknownFieldSet.Field field) {
    List<ByteString> all = field.getLengthDelimitedList();
    byte[] bytes = all.isEmpty() ? new byte[0] : all.getLast().toByteArray();
    return labels.text(bytes, 0, bytes.length);
  }

  private void fuzz(String name, List<byte[]> seeds, Trial trial) throws Exception {
    for (byte[] seed : seeds) {
      trial.run(seed);
    }
    for (byte[] kept : kept(name)) {
      trial.run(kept);
    }
    long start = System.nanoTime();
    for (int n = 0;
        SECONDS > 0 ? System.nanoTime() - start < SECONDS * 1_000_000_000L : n < INPUTS;
        n++) {
      byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
      for (int i = random.nextInt(4); i >= 0 && input.length > 0; i--) {
        input = mutate(input, seeds);
      }
      try {
        trial.run(input);
      } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(
            name + ": " + e + "; keep this input: " + HexFormat.of().formatHex(input), e);
      }
    }
  }

  private static List<byte[]> kept(String name) throws IOException {
    try (InputStream in = FuzzTest.class.getResourceAsStream("/fuzz/" + name + ".hex")) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .filter(s -> !s.isBlank() && !s.startsWith("#"))
              .map(HexFormat.of()::parseHex)
              .toList();
    }
  }

  private byte[] mutate(byte[] in, List<byte[]> seeds) {
    int at = random.nextInt(in.length);
    byte[] out = in.clone();
    switch (random.nextInt(8)) {
      case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> out[at] = (byte) random.nextInt();
      case 2 -> out[at] = new byte[] {0, 1, 127, -128, -1, 0x0a, 0x12, 0x22}[random.nextInt(8)];
      case 3 -> {
        return Arrays.copyOf(in, at);
      }
      case 4 -> {
        return splice(in, at, in, Math.min(in.length, at + 1 + random.nextInt(8)));
      }
      case 5 -> {
        byte[] more = new Message().number(random.nextLong() >>> random.nextInt(64)).bytes();
        return splice(splice(in, at, more, 0), at + more.length, in, at);
      }
      case 6 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        return splice(in, at, other, random.nextInt(other.length));
      }
      default -> {
        // A part twice.
        int from = random.nextInt(in.length);
        return in.length > 1 << 16 ? out : splice(in, at, in, from);
      }
    }
    return out;
  }

  /** The beginning of one and the end of the other. */
  private static byte[] splice(byte[] head, int end, byte[] tail, int from) {
    byte[] out = Arrays.copyOf(head, end + tail.length - from);
    System.arraycopy(tail, from, out, end, tail.length - from);
    return out;
  }
}
