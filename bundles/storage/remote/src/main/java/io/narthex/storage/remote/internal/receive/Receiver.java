package io.narthex.storage.remote.internal.receive;

import io.narthex.api.storage.Storage;
import io.narthex.storage.remote.internal.series.Fingerprint;
import io.narthex.storage.remote.internal.series.SeriesReferences;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in remote write requests, whatever they came by. For any number of threads: each request
 * works in memory of its own, which the next one takes over.
 */
final class Receiver {

  private static final Logger log = LoggerFactory.getLogger(Receiver.class);
  private static final String SNAPPY = "snappy";
  private static final int PATIENCE_MILLIS = 10_000;
  private static final long LEAST_BUDGET = 128L << 20;

  /** What a request needs; writers are made when a request needs them. */
  private final class Workplace {
    final Body body = new Body();
    final Writer1 v1 = new Writer1(keys, references, metrics);
    final Writer2 v2 = new Writer2(keys, references, metrics, options);

    SeriesWriter writer(MessageKind kind) {
      return switch (kind) {
        case V1 -> v1;
        case V2 -> v2;
      };
    }
  }

  private final Storage storage;
  private final Set<MessageKind> accepted;
  private final ReceiverOptions options;
  private final ReceiverMetrics metrics;
  private final InstantSource clock;
  private final ByteBudget budget;
  private final Fingerprint.Keys keys = new Fingerprint.Keys(new SecureRandom());
  private final SeriesReferences references;
  private final ArrayBlockingQueue<Workplace> idle;

  /**
   * @param memory the most that the process may take for objects
   */
  Receiver(
      Storage storage,
      ReceiverOptions options,
      ReceiverMetrics metrics,
      InstantSource clock,
      long memory) {
    this.storage = storage;
    this.options = options;
    this.accepted = EnumSet.copyOf(options.accepted());
    this.metrics = metrics;
    this.clock = clock;
    budget = new ByteBudget(Math.max(LEAST_BUDGET, memory / 4), PATIENCE_MILLIS);
    references = new SeriesReferences(memory / 8);
    idle = new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Takes in one request.
   *
   * @param contentType empty if the request has none
   * @param encoding the Content-Encoding, empty if the request has none
   * @param declared the length that the request declares, -1 for none
   */
  Answer receive(String contentType, String encoding, long declared, InputStream in)
      throws IOException {
    try {
      return write(kind(contentType, encoding), declared, in);
    } catch (RefusedException e) {
      log.atError().addKeyValue("err", e.text()).log("Error decoding remote write request");
      return Answer.of(e.status, e.text());
    }
  }

  private MessageKind kind(String contentType, String encoding) throws RefusedException {
    MessageKind kind = MessageKind.of(contentType);
    if (!accepted.contains(kind)) {
      throw MessageKind.unsupported(
          kind.message()
              + " protobuf message is not accepted by this server; accepted "
              + String.join(", ", accepted.stream().map(MessageKind::message).toList()));
    }
    if (!encoding.isEmpty() && !encoding.equals(SNAPPY)) {
      throw MessageKind.unsupported(
          encoding
              + " encoding (compression) is not accepted by this server; only snappy is acceptable");
    }
    return kind;
  }

  private Answer write(MessageKind kind, long declared, InputStream in)
      throws IOException, RefusedException {
    Workplace place = idle.poll();
    if (place == null) {
      place = new Workplace();
    }
    try (ByteBudget.Share share = budget.share()) {
      place.body.read(in, declared, share);
      return place
          .writer(kind)
          .write(storage, place.body.message(), place.body.length(), share, clock.millis());
    } finally {
      place.body.trim();
      boolean unused = idle.offer(place);
    }
  }
}
