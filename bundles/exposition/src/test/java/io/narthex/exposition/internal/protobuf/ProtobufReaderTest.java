package io.narthex.exposition.internal.protobuf;

import static io.narthex.exposition.internal.protobuf.Message.message;
import static io.narthex.exposition.internal.protobuf.Message.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.exposition.ExpositionReader.Entry;
import io.narthex.api.exposition.ReaderOptions;
import io.narthex.exposition.internal.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufReaderTest {

  private static final ReaderOptions NATIVE = new ReaderOptions(false, true, false, false);
  private static final ReaderOptions BOTH = new ReaderOptions(false, true, false, true);
  private static final ReaderOptions CUSTOM = new ReaderOptions(false, false, true, false);
  private static final ReaderOptions CUSTOM_AND_CLASSIC =
      new ReaderOptions(false, false, true, true);

  private static List<String> read(ReaderOptions options, Message... families) throws Exception {
    return Reading.all(new ProtobufReader(options), Message.body(families));
  }

  @Test
  void readsCountersWithExemplarsAndStarts() throws Exception {
    assertThat(read(ReaderOptions.PLAIN, Families.counter()))
        .containsExactly(
            "HELP http_requests_total Help of \"http_requests_total\".",
            "UNIT http_requests_total requests",
            "TYPE http_requests_total counter",
            "{__name__=\"http_requests_total\", code=\"200\", path=\"/ü\"} 42 since 1500000000000"
                + " # {trace=\"t0.5\"} 0.5 @1600000000123",
            "{__name__=\"http_requests_total\", code=\"500\"} 1");
  }

  @Test
  void readsGaugesSummariesAndWhatHasNoType() throws Exception {
    assertThat(read(ReaderOptions.PLAIN, Families.gauge(), Families.untyped(), Families.summary()))
        .containsExactly(
            "HELP temperature Help of \"temperature\".",
            "TYPE temperature gauge",
            "{__name__=\"temperature\"} -1.5",
            "{__name__=\"temperature\"} 0",
            "HELP odd.name Help of \"odd.name\".",
            "TYPE odd.name unknown",
            "{__name__=\"odd.name\", \"a.b\"=\"c\\nd\"} 3",
            "HELP latency Help of \"latency\".",
            "TYPE latency summary",
            "{__name__=\"latency_count\", job=\"x\"} 10",
            "{__name__=\"latency_sum\", job=\"x\"} 2.5",
            "{__name__=\"latency\", job=\"x\", quantile=\"0.5\"} 0.1",
            "{__name__=\"latency\", job=\"x\", quantile=\"1.0\"} NaN");
  }

  @Test
  void addsTheLastBucketOfClassicHistograms() throws Exception {
    assertThat(read(NATIVE, Families.classic()).subList(2, 8))
        .containsExactly(
            "{__name__=\"size_bytes_count\", dir=\"in\"} 9",
            "{__name__=\"size_bytes_sum\", dir=\"in\"} 50",
            "{__name__=\"size_bytes_bucket\", dir=\"in\", le=\"1.0\"} 2"
                + " # {trace=\"t0.9\"} 0.9 @1600000000456",
            "{__name__=\"size_bytes_bucket\", dir=\"in\", le=\"10.0\"} 2",
            "{__name__=\"size_bytes_bucket\", dir=\"in\", le=\"100.0\"} 8 # {trace=\"t60.0\"} 60",
            "{__name__=\"size_bytes_bucket\", dir=\"in\", le=\"+Inf\"} 9");
  }

  @Test
  void readsNativeHistogramsWithoutTheirEmptyBuckets() throws Exception {
    String whole =
        "{__name__=\"duration_seconds\"} UNKNOWN 1 0.001 zero 2 count 13 sum 7.25"
            + " + [-1, 2, 2, 2] [2, 1, -1, 1] - [0, 1] [1]"
            + " # {trace=\"t0.2\"} 0.2 @1600000000999 # {trace=\"t0.3\"} 0.3 @1600000000111";
    assertThat(read(NATIVE, Families.both())).hasSize(3).last().isEqualTo(whole);
    assertThat(read(BOTH, Families.both()).subList(2, 7))
        .containsExactly(
            whole,
            "{__name__=\"duration_seconds_count\"} 13",
            "{__name__=\"duration_seconds_sum\"} 7.25",
            "{__name__=\"duration_seconds_bucket\", le=\"0.5\"} 4",
            "{__name__=\"duration_seconds_bucket\", le=\"+Inf\"} 13");
    assertThat(read(ReaderOptions.PLAIN, Families.both())).hasSize(6);
    assertThat(read(NATIVE, Families.floats()))
        .last()
        .isEqualTo(
            "{__name__=\"queue\"} GAUGE 0 0.1 zero 0.5 count 3.5 sum 1.0 + [1, 2] [1.5, 1.5]"
                + " - [] []");
  }

  @Test
  void convertsClassicHistograms() throws Exception {
    String custom =
        "{__name__=\"size_bytes\", dir=\"in\"} UNKNOWN -53 0.0 zero 0 count 9 sum 50.0"
            + " + [0, 4] [2, -2, 6, -5] - [] [] custom [1.0, 10.0, 100.0]"
            + " # {trace=\"t0.9\"} 0.9 @1600000000456";
    assertThat(read(CUSTOM, Families.classic())).hasSize(3).last().isEqualTo(custom);
    assertThat(read(CUSTOM_AND_CLASSIC, Families.classic())).hasSize(9).last().isEqualTo(custom);
  }

  @Test
  void keysTellAllSeriesApartAndAreRecognised() throws Exception {
    byte[] body = Families.all();
    List<byte[]> keys = new ArrayList<>();
    ProtobufReader reader = new ProtobufReader(BOTH);
    walk(reader, body, keys, List.of());
    assertThat(keys.stream().map(Arrays::toString)).hasSize(21);
    // The gauge comes twice, with the same labels.
    assertThat(keys.stream().map(Arrays::toString).distinct()).hasSize(20);
    assertThat(walk(reader, body, new ArrayList<>(), keys)).isEqualTo(21);
    List<byte[]> wrong = new ArrayList<>(keys);
    java.util.Collections.rotate(wrong, 1);
    assertThat(walk(reader, body, new ArrayList<>(), wrong)).isOne();
  }

  /** How many series were as expected. */
  private static int walk(
      ProtobufReader reader, byte[] body, List<byte[]> keys, List<byte[]> guesses)
      throws Exception {
    reader.reset(Arrays.copyOf(body, body.length + 1), body.length);
    int right = 0;
    int i = 0;
    while (true) {
      if (i < guesses.size()) {
        reader.expect(guesses.get(i), 0, guesses.get(i).length);
      }
      Entry e = reader.next();
      if (e == Entry.END) {
        return right;
      }
      if (e == Entry.SERIES || e == Entry.HISTOGRAM) {
        keys.add(Arrays.copyOf(reader.seriesBytes(), reader.seriesLength()));
        right += reader.asExpected() ? 1 : 0;
        i++;
      }
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertError(
        "clientpb: insufficient length of buffer, expected at least 6 bytes, got 2 bytes",
        new byte[] {5, 1});
    assertError("clientpb: invalid varint encountered", new byte[] {-1});
    assertError("proto: unexpected EOF", new byte[] {2, 10, 5});
    assertError(
        "unit \"s\" not a suffix of counter \"as_total\"",
        Message.body(message().text(1, "as_total").text(5, "s").message(4, message())));
    assertError(
        "unit \"_a_s\" not a suffix of metric \"a_s\"",
        Message.body(message().text(1, "a_s").varint(3, 1).text(5, "_a_s").message(4, message())));
    assertError("invalid metric name: \"\"", Message.body(message().message(4, message())));
    assertError(
        "invalid metric name: \"a\\xff\"",
        Message.body(message().data(1, new byte[] {'a', -1}).message(4, message())));
    assertError(
        "invalid help for metric \"a\"",
        Message.body(message().text(1, "a").data(2, new byte[] {-1}).message(4, message())));
    assertError("unknown metric type: 6", Message.body(message().text(1, "a").varint(3, 6)));
    assertError("proto: wrong wireType = 0 for field 1", Message.body(message().varint(1, 6)));
    assertError("proto: illegal wireType 3", Message.body(message().raw(11)));
    Message spans = message().varint(1, 1).message(12, span(0, Integer.MAX_VALUE)).zigzag(13, 1);
    assertError(
        "histogram spans specify different number of buckets than provided",
        Message.body(message().text(1, "a").varint(3, 4).message(4, message().message(7, spans))));
    assertError(
        "label name \"a\" is not unique: invalid sample",
        Message.body(
            message()
                .text(1, "m")
                .varint(3, 1)
                .message(
                    4,
                    message()
                        .message(1, Message.label("a", "b"))
                        .message(1, Message.label("a", "c")))));
  }

  private static void assertError(String text, byte[] body) {
    assertThatThrownBy(() -> Reading.all(new ProtobufReader(BOTH), body))
        .isInstanceOf(io.narthex.api.exposition.ExpositionException.class)
        .hasMessageStartingWith(text);
  }

  @Test
  void survivesDamage() {
    byte[] good = Families.all();
    Random random = new Random(42);
    ProtobufReader reader = new ProtobufReader(CUSTOM_AND_CLASSIC);
    int read = 0;
    for (int n = 0; n < 50_000; n++) {
      byte[] bad =
          Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length) : good.length);
      for (int k = random.nextInt(4); k >= 0 && bad.length > 0; k--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      read += Reading.error(reader, bad).isEmpty() ? 1 : 0;
    }
    assertThat(read).isBetween(1, 49_999);
  }
}
