package io.narthex.itest.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends samples by remote write 1.0, as small a client as can be. */
final class RemoteWriteClient implements AutoCloseable {
  private static final int LITERAL = 1 << 16;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI uri;

  /** One sample of a series. */
  record Sample(Map<String, String> labels, double value, long millis) {}

  RemoteWriteClient(String base) {
    uri = URI.create(base + "/api/v1/write");
  }

  /** The answer to a request with these samples; labels are to be sorted. */
  HttpResponse<String> send(List<Sample> samples) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(snappy(message(samples))))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] message(List<Sample> samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Sample s : samples) {
      ByteArrayOutputStream series = new ByteArrayOutputStream();
      s.labels()
          .forEach((name, value) -> {
            ByteArrayOutputStream label = new ByteArrayOutputStream();
            field(label, 1, name.getBytes(StandardCharsets.UTF_8));
            field(label, 2, value.getBytes(StandardCharsets.UTF_8));
            field(series, 1, label.toByteArray());
          });
      ByteArrayOutputStream sample = new ByteArrayOutputStream();
      sample.write((1 << 3) | 1);
      sample.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(s.value()).array());
      sample.write(2 << 3);
      uvarint(sample, s.millis());
      field(series, 2, sample.toByteArray());
      field(out, 1, series.toByteArray());
    }
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write((number << 3) | 2);
    uvarint(out, content.length);
    out.writeBytes(content);
  }

  private static void uvarint(ByteArrayOutputStream out, long value) {
    long v = value;
    while (v >= 0x80) {
      out.write(((int) v & 0x7F) | 0x80);
      v >>>= 7;
    }
    out.write((int) v);
  }

  /** A snappy block of literals only. */
  private static byte[] snappy(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    uvarint(out, data.length);
    for (int from = 0; from < data.length; from += LITERAL) {
      int n = Math.min(LITERAL, data.length - from);
      out.write(61 << 2);
      out.write((n - 1) & 0xFF);
      out.write((n - 1) >>> 8);
      out.write(data, from, n);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    client.close();
  }
}
