package io.narthex.storage.remote.internal.receive;

import static io.narthex.storage.remote.internal.receive.Bodies.labels;
import static io.narthex.storage.remote.internal.receive.Bodies.one;
import static io.narthex.storage.remote.internal.receive.Bodies.sample;
import static io.narthex.storage.remote.internal.receive.Bodies.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {

  private static final String V1 = "application/x-protobuf";
  private static final String V2 = V1 + ";proto=io.prometheus.write.v2.Request";
  private static final String[] BOTH = {"prometheus.WriteRequest,io.prometheus.write.v2.Request"};
  private static final List<String> SYMBOLS =
      List.of("", "__name__", "up", "job", "a", "help", "trace", "abc");
  private static final String INVALID = "prometheus_api_remote_write_invalid_labels_samples_total";
  private static final String WITHOUT =
      "prometheus_api_remote_write_without_metadata_appended_samples_total";

  private final RecordingStorage storage = new RecordingStorage();
  private final NoMetrics metrics = new NoMetrics();
  private Receiver receiver = receiver("metadata-wal-records", "created-timestamp-zero-ingestion");

  private Receiver receiver(String... features) {
    return receiver(BOTH, features);
  }

  private Receiver receiver(String[] accepted, String[] features) {
    return new Receiver(
        storage,
        ReceiverOptions.of(accepted, features),
        new ReceiverMetrics(metrics.metrics()),
        InstantSource.fixed(Instant.ofEpochMilli(1_000_000)),
        256 << 20);
  }

  private Answer send(String type, byte[] message) throws IOException {
    byte[] body = Message.snappy(message);
    return receiver.receive(type, "snappy", body.length, new ByteArrayInputStream(body));
  }

  private static Message up(double value, long time) {
    return labels("__name__", "up", "job", "a").append(sample(value, time));
  }

  private static Message refs(long... refs) {
    return new Message().varints(1, refs);
  }

  @Test
  void aKnownSeriesCostsNoLabels() throws Exception {
    for (int t = 1; t <= 5; t++) {
      assertThat(send(V1, one(up(1, t)))).isEqualTo(Answer.of(204, ""));
    }
    assertThat(storage.lookups).isOne();
    for (int t = 6; t <= 9; t++) {
      assertThat(send(V2, two(SYMBOLS, refs(1, 2, 3, 4).append(sample(1, t)))).status())
          .isEqualTo(204);
    }
    assertThat(storage.lookups).isEqualTo(2);
    assertThat(storage.series).hasSize(1);
    assertThat(storage.stored)
        .hasSize(9)
        .first()
        .isEqualTo("{__name__=\"up\", job=\"a\"} 3ff0000000000000 @1");
  }

  @Test
  void symbolsMayBeInAnyOrder() throws Exception {
    send(V2, two(SYMBOLS, refs(1, 2, 3, 4).append(sample(1, 1))));
    send(V2, two(List.of("", "a", "job", "up", "__name__"), refs(4, 3, 2, 1).append(sample(1, 2))));
    assertThat(storage.lookups).isOne();
    assertThat(storage.stored).hasSize(2);
    send(V2, two(List.of("", "a", "job", "up", "__name__"), refs(2, 1, 4, 3).append(sample(1, 3))));
    assertThat(storage.series).hasSize(1);
    assertThat(storage.stored).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aForgottenSeriesIsFoundAgain(boolean first) throws Exception {
    String type = first ? V1 : V2;
    for (int t = 1; t <= 6; t++) {
      Message s = sample(1, t).append(sample(2, t));
      byte[] message =
          first ? one(labels("__name__", "up").append(s)) : two(SYMBOLS, refs(1, 2).append(s));
      assertThat(send(type, message).status()).isEqualTo(204);
      if (t % 2 == 0) {
        storage.forget();
      }
    }
    assertThat(storage.stored).hasSize(12);
    assertThat(storage.lookups).isEqualTo(3);
  }

  @Test
  void whatIsCutLeavesNothingBehind() throws Exception {
    byte[] message = one(up(1, 1), labels("__name__", "down").append(sample(1, 1)));
    for (int n = 1; n < message.length; n++) {
      Answer answer = send(V1, Arrays.copyOf(message, n));
      if (answer.status() != 204) {
        assertThat(answer).isEqualTo(Answer.of(400, "unexpected EOF"));
        assertThat(storage.stored).isEmpty();
        assertThat(storage.series).isEmpty();
      } else {
        // The first series ends there.
        assertThat(storage.stored).hasSize(1);
        storage.stored.clear();
        storage.forget();
        storage.newest.clear();
      }
    }
  }

  @Test
  void theFirstVersionIsAllOrNothing() throws Exception {
    send(V1, one(up(1, 10)));
    Answer answer =
        send(V1, one(labels("__name__", "other").append(sample(1, 20)), up(2, 5), up(2, 30)));
    assertThat(answer).isEqualTo(Answer.of(400, "out of order sample"));
    assertThat(storage.stored).hasSize(1);
    assertThat(storage.rollbacks).isOne();
    assertThat(send(V1, one(up(1, 700_000_000))))
        .isEqualTo(Answer.of(400, "out of bounds: timestamp is too far in the future"));
  }

  @Test
  void damageIsToldBeforeARefusal() throws Exception {
    send(V1, one(up(1, 10)));
    byte[] message = one(up(1, 5), labels("__name__", "other"));
    assertThat(send(V1, Arrays.copyOf(message, message.length - 1)))
        .isEqualTo(Answer.of(400, "unexpected EOF"));
  }

  @Test
  void theSecondVersionStoresWhatIsGood() throws Exception {
    send(V1, one(up(1, 10)));
    Answer answer =
        send(
            V2,
            two(
                SYMBOLS,
                refs(1, 2, 3, 4).append(sample(1, 5)).append(sample(1, 11)),
                refs(1).append(sample(1, 5)),
                refs(3, 4).append(sample(1, 5)).append(sample(2, 6)),
                refs(1, 4, 3, 77).append(sample(1, 5)),
                refs(1, 4),
                refs(1, 4).message(3, Bodies.histogram(7)).message(3, Bodies.floatHistogram(8))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text().lines())
        .containsExactly(
            "out of order sample for series {__name__=\"up\", job=\"a\"}",
            "parsing labels for series [1]: invalid labelRefs length 1",
            "invalid metric name or labels, got {job=\"a\"}",
            "parsing labels for series [1 4 3 77]: labelRefs 3 (name) = 77 (value) outside of"
                + " symbols table (size 8)",
            "TimeSeries must contain at least one sample or histogram for series"
                + " {__name__=\"a\"}");
    assertThat(answer.written()).isEqualTo(new Answer.Written(1, 2, 0));
    assertThat(storage.stored)
        .hasSize(4)
        .contains("{__name__=\"a\"} h3 @7", "{__name__=\"a\"} f3.0 @8");
    assertThat(metrics.value(INVALID)).isEqualTo(4);
    assertThat(metrics.value(WITHOUT)).isEqualTo(3);
  }

  @Test
  void seriesWithInvalidLabelsAreSkippedAndCounted() throws Exception {
    assertThat(
            send(
                V1,
                one(
                    labels("job", "a").append(sample(1, 1)),
                    labels("__name__", "x", "a", "1", "a", "2").append(sample(1, 1)),
                    labels("__name__", "x", "", "1").append(sample(1, 1)),
                    up(1, 1))))
        .isEqualTo(Answer.of(204, ""));
    assertThat(storage.stored).hasSize(1);
    assertThat(metrics.value(INVALID)).isEqualTo(3);
  }

  @Test
  void atALimitOnSeriesTheOthersGoOn() throws Exception {
    send(V1, one(up(1, 1)));
    storage.maxSeries = 1;
    Message fresh = labels("__name__", "new").append(sample(1, 2));
    assertThat(send(V1, one(fresh, up(1, 2)))).isEqualTo(Answer.of(400, "too many series"));
    assertThat(storage.stored).hasSize(2);
    Answer answer =
        send(
            V2,
            two(SYMBOLS, refs(1, 4).append(sample(1, 2)), refs(1, 2, 3, 4).append(sample(1, 3))));
    // Another form of the same name: found by its labels.
    assertThat(answer.text()).isEqualTo("too many series for series {__name__=\"a\"}");
    assertThat(answer.written()).isEqualTo(new Answer.Written(1, 0, 0));
  }

  @Test
  void aFailingStorageIsNotTheSendersFault() throws Exception {
    storage.commitFailure = new StorageException(StorageException.Kind.IO, "disk gone");
    assertThat(send(V1, one(up(1, 1)))).isEqualTo(Answer.of(500, "disk gone"));
    assertThat(send(V2, two(SYMBOLS, refs(1, 2).append(sample(1, 1)))))
        .isEqualTo(new Answer(500, "disk gone", Answer.Written.NOTHING));
    storage.commitFailure = new StorageException(StorageException.Kind.LIMIT, "disk full");
    assertThat(send(V1, one(up(1, 1)))).isEqualTo(Answer.of(503, "disk full"));
    assertThat(storage.stored).isEmpty();
  }

  @Test
  void exemplarsMetadataAndStartTimestampsAreHandedOver() throws Exception {
    Message series =
        refs(1, 2)
            .append(sample(1, 100))
            .message(4, refs(6, 7).fixed64(2, 1).varint(3, 100))
            .message(5, new Message().varint(1, 1).varint(3, 5).varint(4, 0))
            .varint(6, 50);
    assertThat(send(V2, two(SYMBOLS, series)).written()).isEqualTo(new Answer.Written(1, 0, 1));
    assertThat(storage.stored)
        .containsExactly(
            "{__name__=\"up\"} since 50",
            "{__name__=\"up\"} 3ff0000000000000 @100",
            "{__name__=\"up\"} exemplar {trace=\"abc\"}",
            "{__name__=\"up\"} is COUNTER help");
    assertThat(metrics.value(WITHOUT)).isZero();
    Message bad = refs(1, 2).append(sample(1, 101)).message(5, new Message().varint(3, 55));
    assertThat(send(V2, two(SYMBOLS, bad)).text()).contains("outside of symbols table (size 8)");
    receiver = receiver();
    storage.stored.clear();
    storage.newest.clear();
    send(V2, two(SYMBOLS, series));
    assertThat(storage.stored).hasSize(2);
  }

  @Test
  void onlyAcceptedMessagesAreTaken() throws Exception {
    receiver = receiver(new String[] {"io.prometheus.write.v2.Request"}, new String[0]);
    assertThat(send(V1, one(up(1, 1))))
        .isEqualTo(
            Answer.of(
                415,
                "prometheus.WriteRequest protobuf message is not accepted by this server; accepted"
                    + " io.prometheus.write.v2.Request"));
    assertThat(send(V2, two(SYMBOLS, refs(1, 2).append(sample(1, 1)))).status()).isEqualTo(204);
  }
}
