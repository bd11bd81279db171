package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the same remote write requests to Narthex and to the real Prometheus, good ones and bad
 * ones of both versions: status, headers and body of each answer must be the same, and so must be
 * what queries then find.
 */
class RemoteWriteComparisonTest {

  private static final String V1 = "application/x-protobuf";
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  private static final String WRITTEN = "X-Prometheus-Remote-Write-";

  private final long now = System.currentTimeMillis();
  private final List<String> differences = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Api theirs;
  private Api ours;

  @TempDir Path folder;

  @Test
  void answersAndDataAreThoseOfPrometheus() throws Exception {
    Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    try (Server prometheus = Peers.start(folder, "prometheus", flags(config, "theirs"));
        Server narthex = Server.start(folder, flags(config, "ours"));
        Api first = new Api("http://" + prometheus.address("Listening on"));
        Api second = new Api("http://" + narthex.address("Listening on"))) {
      theirs = first;
      ours = second;
      theirs.awaitReady();
      ours.awaitReady();
      types();
      damaged();
      version1();
      version2();
      histograms();
      random();
      assertThat(differences).isEmpty();
      sameData();
    } finally {
      client.close();
    }
  }

  private String[] flags(Path config, String data) {
    return new String[] {
      "--config.file=" + config,
      "--storage.tsdb.path=" + folder.resolve(data),
      "--web.listen-address=127.0.0.1:0",
      "--web.enable-remote-write-receiver",
      "--enable-feature=exemplar-storage,metadata-wal-records,native-histograms"
    };
  }

  private void types() throws Exception {
    byte[] good =
        Message.snappy(
            new Message()
                .message(1, labels("__name__", "types", "a", "b").append(sample(1, now)))
                .bytes());
    send("good", V1, "snappy", good);
    send("no content type", "", "snappy", good);
    send("no encoding", V1, "", good);
    send("text", "text/plain", "snappy", good);
    send("upper case", "Application/x-protobuf", "snappy", good);
    send("parameter", V1 + ";foo", "snappy", good);
    send("unknown message", V1 + ";proto=foo", "snappy", good);
    send("known message", V1 + ";proto=prometheus.WriteRequest", "snappy", good);
    send("a space before", V1 + "; proto=io.prometheus.write.v2.Request", "snappy", good);
    send("gzip and text", "text/plain", "gzip", good);
    send("1.0 as 2.0", V2, "snappy", good);
    send("empty body", V1, "snappy", new byte[0]);
    send("empty message", V1, "snappy", Message.snappy(new byte[0]));
    send("empty message 2", V2, "snappy", Message.snappy(new byte[0]));
  }

  private void damaged() throws Exception {
    send("snappy cut", V1, "snappy", new byte[] {5, 1, 2});
    send("snappy without size", V1, "snappy", new byte[] {-1, -1});
    send("snappy 4 GB", V1, "snappy", new Message().number(0xFFFFFFFFL).raw(0).bytes());
    send("snappy 2^40", V1, "snappy", new Message().number(1L << 40).raw(0).bytes());
    send("snappy 33 MiB", V1, "snappy", new Message().number(33 << 20).raw(0).bytes());
    send("snappy too long", V1, "snappy", new Message().raw(0, 'a', 'a').bytes());
    send("snappy too short", V1, "snappy", new Message().raw(9, 0, 'a').bytes());
    send("snappy offset 0", V1, "snappy", new Message().raw(9, 0, 'a', 1 << 2 | 1, 0).bytes());
    send("snappy offset 9", V1, "snappy", new Message().raw(9, 0, 'a', 1 << 2 | 1, 9).bytes());
    Message series = labels("__name__", "damaged").append(sample(1, now));
    byte[] message = new Message().message(1, series).bytes();
    for (int n = 1; n < message.length; n++) {
      send("1.0 cut at " + n, V1, "snappy", Message.snappy(Arrays.copyOf(message, n)));
    }
    v1("tag 0", new Message().raw(0));
    v1("wire type", new Message().varint(1, 1));
    v1("end of group", new Message().raw(0x0c));
    v1("wire type 6", new Message().raw(0x7e));
    v1("negative length", new Message().raw(0x0a).number(-1));
    v1("overflow", new Message().raw(0x0a, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1));
    v1("unknown group", new Message().message(1, series).raw(0x4b, 0x4c));
    v1("open group", new Message().message(1, series).raw(0x4b));
    v1("unknown fields", new Message().message(1, series).varint(9, 4).text(10, "abc"));
    v1(
        "label's wire type",
        new Message().message(1, new Message().message(1, new Message().varint(1, 3))));
    v1(
        "sample's wire type",
        new Message().message(1, new Message().message(2, new Message().varint(1, 3))));
    v1("metadata", new Message().message(3, new Message().varint(1, 1).text(2, "m").text(4, "h")));
    v1("metadata's wire type", new Message().message(3, new Message().text(1, "x")));
    v2("tag 0", new Message().raw(0));
    v2("symbols' wire type", new Message().varint(4, 1));
    v2("references' wire type", new Message().message(5, new Message().fixed64(1, 3)));
    v2("cut", new Message().raw(0x2a, 9, 1));
  }

  private void version1() throws Exception {
    String[] m = {"__name__", "one", "a", "b"};
    series("first", labels(m).append(sample(1, now)));
    series("the same again", labels(m).append(sample(1, now)));
    series("duplicate", labels(m).append(sample(2, now)));
    series("out of order", labels(m).append(sample(2, now - 1000)));
    series("all or nothing", labels(m).append(sample(3, now + 1)).append(sample(3, now - 5)));
    series("too new", labels(m).append(sample(2, now + 700_000)));
    series("too old", labels("__name__", "old").append(sample(2, now - 9_000_000)));
    series("time 0", labels(m).append(new Message().message(2, new Message().fixed64(1, 1))));
    series("no name", labels("a", "b").append(sample(1, now)));
    series("empty name", labels("__name__", "", "a", "b").append(sample(1, now)));
    series("name twice", labels("__name__", "d", "a", "b", "a", "c").append(sample(1, now)));
    series("and empty", labels("__name__", "d", "a", "", "a", "c").append(sample(1, now)));
    series("unsorted", labels("z", "x", "__name__", "unsorted", "b", "").append(sample(1, now)));
    series("nameless label", labels("__name__", "d", "", "c").append(sample(1, now)));
    series("UTF-8", labels("__name__", "häß", "ü ü", "€").append(sample(1, now)));
    series("no sample", labels("__name__", "nothing"));
    series(
        "zero",
        labels("__name__", "zero").append(new Message().message(2, new Message().varint(2, now))));
    series(
        "labels between",
        new Message()
            .append(labels("__name__", "between"))
            .append(sample(1, now - 3))
            .append(labels("z", "1"))
            .append(sample(2, now - 2)));
    series(
        "fields the other way round",
        new Message()
            .message(2, new Message().varint(2, now - 1).fixed64(1, 7))
            .message(1, new Message().text(2, "round").text(1, "__name__")));
    Message exemplar = labels("trace", "abc").fixed64(2, 3).varint(3, now);
    series("exemplar", labels("__name__", "ex").append(sample(1, now)).message(3, exemplar));
    Message older = labels("trace", "def").fixed64(2, 3).varint(3, now - 50);
    series("older exemplar", labels("__name__", "ex").append(sample(1, now + 1)).message(3, older));
    Message longer = labels("trace", "d".repeat(130)).fixed64(2, 3).varint(3, now + 1);
    series("long exemplar", labels("__name__", "ex").append(sample(1, now + 2)).message(3, longer));
  }

  private void version2() throws Exception {
    Message m = refs(1, 2, 3, 4);
    two("good", copy(m).append(sample(1, now)));
    two("the same", copy(m).append(sample(1, now)));
    two("a part", copy(m).append(sample(2, now)), refs(1, 2, 3, 9).append(sample(2, now)));
    two("no name", refs(3, 4).append(sample(1, now)));
    two("empty name", refs(1, 0, 3, 4).append(sample(1, now)));
    two("name twice", refs(1, 2, 3, 4, 3, 9).append(sample(1, now)));
    two("unsorted", refs(3, 9, 1, 5).append(sample(1, now)));
    two("single references", new Message().varint(1, 1).varint(1, 5).append(sample(4, now + 20)));
    two("many samples", refs(1, 6).append(sample(1, now - 9)).append(sample(2, now - 8)));
    two("exemplar", copy(m).append(sample(1, now + 1)).message(4, exemplar(now, 7, 8)));
    two("older exemplar", copy(m).append(sample(1, now + 2)).message(4, exemplar(now - 9, 7, 9)));
    two(
        "new exemplar",
        copy(m).append(sample(1, now + 5)).message(4, exemplar(now + 9_999_999, 7, 8)));
    Message metadata = new Message().varint(1, 1).varint(3, 5).varint(4, 6);
    two("metadata", copy(m).append(sample(1, now + 6)).message(5, metadata));
    two("out of order", copy(m).append(sample(1, now - 6000)));
    two("too new", copy(m).append(sample(1, now + 700_000)));
    two("too old", refs(1, 8).append(sample(1, now - 9_000_000)));
    two(
        "three bad ones",
        copy(m)
            .append(sample(1, now - 6000))
            .append(sample(3, now - 5000))
            .append(sample(9, now + 6)));
    two("created", copy(m).append(sample(1, now + 7)).varint(6, now - 1000));
  }

  private void histograms() throws Exception {
    String[] m = {"__name__", "histogram"};
    series("histogram", labels(m).message(4, histogram(3, 0, now, 1, 1)));
    series("again", labels(m).message(4, histogram(3, 0, now, 1, 1)));
    series("other", labels(m).message(4, histogram(4, 1, now, 1, 1)));
    series("older", labels(m).message(4, histogram(4, 1, now - 4, 1, 1)));
    invalid("count", labels(m).message(4, histogram(30, 0, now + 1, 1, 1)));
    invalid("spans", labels(m).message(4, histogram(3, 0, now + 1, 1, 1).message(11, span(0, 3))));
    invalid("negative", labels(m).message(4, histogram(3, 0, now + 1, 1, -3)));
    invalid("gap", labels(m).message(4, histogram(3, 0, now + 1, 1, 1).message(11, span(-2, 0))));
    invalid(
        "negative side",
        labels(m).message(4, histogram(3, 0, now + 1, 1, 1).message(8, span(0, 2))));
    series(
        "growing",
        labels(m).message(4, histogram(8, 2, now + 3, 2, 0).message(8, span(1, 1)).zigzags(9, 2)));
    Message custom =
        new Message()
            .varint(1, 3)
            .fixed64(3, 5)
            .zigzag(4, -53)
            .message(11, span(0, 2))
            .zigzags(12, 1, 1)
            .varint(15, now + 11);
    invalid("custom, no bounds", labels(m).message(4, custom));
    series("custom", labels(m).message(4, copy(custom).doubles(16, 1, 2)));
    invalid("custom, unsorted", labels(m).message(4, copy(custom).doubles(16, 2, 1)));
    invalid(
        "custom, infinite",
        labels(m).message(4, copy(custom).doubles(16, 2, Double.POSITIVE_INFINITY)));
    invalid("custom, zero", labels(m).message(4, copy(custom).doubles(16, 1, 2).varint(6, 1)));
    Message floats =
        new Message()
            .fixed64(2, 3)
            .fixed64(3, 5)
            .message(11, span(0, 2))
            .doubles(13, 1, 2)
            .varint(14, 3)
            .varint(15, now + 12);
    series("floats", labels(m).message(4, floats));
    invalid(
        "floats, negative",
        labels(m)
            .message(4, copy(floats).varint(15, now + 13).message(8, span(0, 1)).doubles(10, -1)));
    series(
        "stale",
        labels(m)
            .message(
                4,
                new Message()
                    .fixed64(3, Double.longBitsToDouble(0x7ff0000000000002L))
                    .varint(15, now + 14)));
    series("and a float", labels(m).append(sample(4, now + 15)));
    two("histogram", refs(1, 5, 3, 4).message(3, histogram(3, 0, now, 1, 1)));
    two(
        "both",
        refs(1, 5, 3, 4).append(sample(1, now + 1)).message(3, histogram(4, 1, now + 2, 1, 1)));
    two("older", refs(1, 5, 3, 4).message(3, histogram(4, 1, now - 5, 1, 1)));
    two("without time", refs(1, 5, 3, 4).message(3, histogram(4, 1, 0, 1, 1)));
  }

  /** Ordinary traffic: the same series again and again, in both versions. */
  private void random() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      Message one = new Message();
      Message two = new Message();
      for (String symbol : List.of("", "__name__", "many", "pod", "n")) {
        two.text(4, symbol);
      }
      for (int i = 0; i < 100; i++) {
        two.text(4, "pod-" + i);
      }
      for (int i = 0; i < 200; i++) {
        double value = random.nextInt(4) == 0 ? 0 : random.nextDouble();
        long time = now - 100_000 + round * 1000L + random.nextInt(3);
        if ((i % 2 == 0) != (round % 3 == 0)) {
          one.message(
              1,
              labels("__name__", "many", "n", "n", "pod", "pod-" + i / 2)
                  .append(sample(value, time)));
        } else {
          two.message(5, refs(1, 2, 4, 4, 3, 5 + i / 2).append(sample(value, time)));
        }
      }
      send("round " + round, V1, "snappy", Message.snappy(one.bytes()));
      send("round " + round, V2, "snappy", Message.snappy(two.bytes()));
    }
  }

  private void sameData() throws Exception {
    double at = now / 1000.0 + 1;
    TreeSet<String> expected = sorted(theirs.query("{__name__=~\".+\"}[10m]", at));
    TreeSet<String> actual = sorted(ours.query("{__name__=~\".+\"}[10m]", at));
    TreeSet<String> missing = new TreeSet<>(expected);
    missing.removeAll(actual);
    actual.removeAll(expected);
    assertThat(missing).as("series of Prometheus; those of Narthex: %s", actual).isEmpty();
    assertThat(actual).isEmpty();
    assertThat(expected).hasSizeGreaterThan(100);
    String range = "&start=" + (now / 1000 - 60) + "&end=" + (now / 1000 + 60);
    for (String name : List.of("ex", "two")) {
      String path = "/api/v1/query_exemplars?query=" + name + range;
      assertThat(ours.json(path)).isEqualTo(theirs.json(path));
    }
  }

  private static TreeSet<String> sorted(List<?> series) {
    TreeSet<String> lines = new TreeSet<>();
    series.forEach(s -> lines.add(String.valueOf(s)));
    return lines;
  }

  private static Message labels(String... pairs) {
    Message all = new Message();
    for (int i = 0; i < pairs.length; i += 2) {
      all.message(1, new Message().text(1, pairs[i]).text(2, pairs[i + 1]));
    }
    return all;
  }

  private static Message sample(double value, long time) {
    return new Message().message(2, new Message().fixed64(1, value).varint(2, time));
  }

  private static Message histogram(long count, long zero, long time, long... deltas) {
    return new Message()
        .varint(1, count)
        .fixed64(3, 5)
        .zigzag(4, 0)
        .fixed64(5, 0.001)
        .varint(6, zero)
        .message(11, span(0, deltas.length))
        .zigzags(12, deltas)
        .varint(15, time);
  }

  private static Message span(long offset, long length) {
    return new Message().zigzag(1, offset).varint(2, length);
  }

  private static Message refs(long... refs) {
    return new Message().varints(1, refs);
  }

  private static Message exemplar(long time, long... refs) {
    return refs(refs).fixed64(2, 1).varint(3, time);
  }

  private static Message copy(Message m) {
    return new Message().append(m);
  }

  private void series(String name, Message series) throws Exception {
    v1(name, new Message().message(1, series));
  }

  /** The reference calls it the sender's fault since a later version than is installed here. */
  private void invalid(String name, Message series) throws Exception {
    byte[] body = Message.snappy(new Message().message(1, series).bytes());
    String expected = answer(theirs, V1, "snappy", body).replaceFirst("^500", "400");
    compare("1.0 " + name, expected, answer(ours, V1, "snappy", body));
  }

  private void v1(String name, Message message) throws Exception {
    send("1.0 " + name, V1, "snappy", Message.snappy(message.bytes()));
  }

  private void two(String name, Message... series) throws Exception {
    Message request = new Message();
    for (String s :
        List.of("", "__name__", "two", "a", "b", "help me", "seconds", "trace_id", "abc", "c")) {
      request.text(4, s);
    }
    for (Message s : series) {
      request.message(5, s);
    }
    v2(name, request);
  }

  private void v2(String name, Message message) throws Exception {
    send("2.0 " + name, V2, "snappy", Message.snappy(message.bytes()));
  }

  private void send(String name, String type, String encoding, byte[] body) throws Exception {
    compare(name, answer(theirs, type, encoding, body), answer(ours, type, encoding, body));
  }

  private void compare(String name, String expected, String actual) {
    if (!expected.equals(actual)) {
      differences.add("\n" + name + "\n  Prometheus: " + expected + "\n  Narthex:    " + actual);
    }
  }

  private String answer(Api api, String type, String encoding, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api.base() + "/api/v1/write"))
            .timeout(Duration.ofSeconds(120))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    StringBuilder out = new StringBuilder().append(response.statusCode());
    for (String header :
        List.of(
            WRITTEN + "Samples-Written",
            WRITTEN + "Histograms-Written",
            WRITTEN + "Exemplars-Written",
            "X-Content-Type-Options")) {
      out.append(' ').append(response.headers().firstValue(header).orElse("-"));
    }
    String kind = response.headers().firstValue("Content-Type").orElse("-");
    return out.append(' ').append(kind.split(";", 2)[0]).append(' ') + response.body();
  }
}
